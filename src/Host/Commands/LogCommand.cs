// sisote log: take the disclosure log out and verify it.
using System.CommandLine;
using System.Net.Http.Headers;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Commands over the disclosure log.</summary>
internal static class LogCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("log", "Take the disclosure log out and verify it.") { Export(), LogVerifyCommand.Make(), LogWitnessCommand.Make() };

    private static Command Export()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var to = new Option<string>("--to") { HelpName = "FILE", Description = "The file to write; only this user can read it.", Required = true };
        var overwrite = new Option<bool>("--overwrite") { Description = "Write over a file that is there already." };
        var command = new Command("export", "Write the whole log, with what is needed to verify it offline, into a file.") { to, overwrite, data, port };
        command.SetAction((parsed, cancellation) => RunExportAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.GetRequiredValue(to), parsed.GetValue(overwrite), cancellation));
        return command;
    }

    private static async Task<int> RunExportAsync(HouseOptions options, string file, bool overwrite, CancellationToken cancellation)
    {
        if (FindObstacle(file, overwrite) is { } obstacle)
        {
            throw new StartFaultException(obstacle);
        }

        using var house = RunningHouse.Find(options);
        try
        {
            await ExportAsync(house, file, cancellation);
            await Console.Error.WriteLineAsync($"Written to {Path.GetFullPath(file)}. Verify it anywhere: sisote log verify {file}");
            return ExitCodes.Ok;
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
        catch (HttpRequestException fault)
        {
            await Console.Error.WriteLineAsync($"The log could not be taken out: {fault.Message}");
            return ExitCodes.Failed;
        }
    }

    private static string? FindObstacle(string file, bool overwrite) =>
        Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder) ? $"There is no folder {folder} to write into: make it, or name another file with --to."
        : Directory.Exists(file) ? $"{file} is a folder: name a file in it with --to."
        : File.Exists(file) && !overwrite ? $"{file} is there already: name another file with --to, or add --overwrite."
        : null;

    /// <summary>Takes the log out with the operator's key.</summary>
    internal static async Task ExportAsync(RunningHouse house, string file, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Settings.Consent, "log/export"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.GetOperatorTokenAsync(cancellation));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.EnsureSuccessStatusCode();
        await using var output = new FileStream(file, MakeOptions());
        await answer.Content.CopyToAsync(output, cancellation);
    }

    /// <summary>The log tells who is a client of whom: a new file is its owner's alone.</summary>
    private static FileStreamOptions MakeOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
