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
    internal static Command Make() => new("log", "Take the disclosure log out and verify it.") { Export(), LogVerifyCommand.Make() };

    private static Command Export()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var to = new Option<FileInfo>("--to") { Description = "The file to write.", Required = true };
        var command = new Command("export", "Write the whole log, with what is needed to verify it offline, into a file.") { to, data, port };
        command.SetAction((parsed, cancellation) => RunExportAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.GetRequiredValue(to), cancellation));
        return command;
    }

    private static async Task<int> RunExportAsync(HouseOptions options, FileInfo file, CancellationToken cancellation)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            await ExportAsync(house, file.FullName, cancellation);
            await Console.Error.WriteLineAsync($"Written to {file.FullName}. Verify it anywhere: sisote log verify {file.Name}");
            return ExitCodes.Ok;
        }
        catch (TokenRefusedException refusal)
        {
            await Console.Error.WriteLineAsync($"{refusal.Message} Is Sisote running, and is the operator's key in {house.Settings.KeyDirectory}?");
            return ExitCodes.NotAuthenticated;
        }
        catch (HttpRequestException fault)
        {
            await Console.Error.WriteLineAsync($"The log could not be taken out: {fault.Message}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Takes the log out with the operator's key.</summary>
    internal static async Task ExportAsync(RunningHouse house, string file, CancellationToken cancellation)
    {
        using var client = house.Http.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Settings.Consent, "log/export"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await house.Tokens.GetAsync(InnerSystems.Operator, Scopes.Inner, business: null, cancellation));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.EnsureSuccessStatusCode();
        await using var output = File.Create(file);
        await answer.Content.CopyToAsync(output, cancellation);
    }
}
