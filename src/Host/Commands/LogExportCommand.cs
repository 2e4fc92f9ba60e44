// sisote log export: take the log out, whole to be verified, or as other tools read it.
using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Sisote.DisclosureLog.Audit;
using Sisote.Doors.Consent;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Writes the log into a file or to standard output: as a bundle that can be verified, as FHIR AuditEvents line by line, or as a table.</summary>
internal static class LogExportCommand
{
    private const string Bundle = "bundle";
    private const string StandardOutput = "-";

    private sealed record Choice(string Format, string To, bool Overwrite, LogQuestion? Question);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, filter) = (Settings.Data(), Settings.Port(), new LogFilterOptions());
        var to = new Option<string>("--to") { HelpName = "FILE", Description = "The file to write; only this user can read it. - is standard output.", Required = true };
        var overwrite = new Option<bool>("--overwrite") { Description = "Write over a file that is there already." };
        var format = new Option<string>("--format")
        {
            Description = "bundle: the whole log, to be verified offline; fhir: one AuditEvent (R4, IHE BALP) on each line; csv: one row for each entry.",
            DefaultValueFactory = static _ => Bundle,
        };
        format.AcceptOnlyFromAmong(Bundle, "fhir", "csv");
        var command = new Command("export", "Write the log, with what is needed to verify it offline, or entries of it for other tools. Taking it out is itself an entry.") { to, overwrite, format };
        filter.AddTo(command);
        command.Options.Add(data);
        command.Options.Add(port);
        command.Validators.Add(result =>
        {
            if (result.GetValue(format) is null or Bundle && filter.AreGiven(result))
            {
                result.AddError("A bundle is the whole log, otherwise it could not be verified: choose entries with --format fhir or csv.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var chosen = parsed.GetRequiredValue(format);
            var question = chosen == Bundle ? null : filter.Read(parsed, limit: null, Console.In);
            return RunAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), new Choice(chosen, parsed.GetRequiredValue(to), parsed.GetValue(overwrite), question), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, Choice choice, CancellationToken cancellation)
    {
        if (choice.To != StandardOutput && FindObstacle(choice.To, choice.Overwrite) is { } obstacle)
        {
            throw new StartFaultException(obstacle);
        }

        using var house = RunningHouse.Find(options);
        try
        {
            await WriteAsync(house, choice, cancellation);
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"The log could not be taken out: {fault.Message}");
            return ExitCodes.Failed;
        }

        if (choice.To != StandardOutput)
        {
            await Console.Error.WriteLineAsync($"Written to {Path.GetFullPath(choice.To)}.{(choice.Format == Bundle ? $" Verify it anywhere: sisote log verify {choice.To}" : string.Empty)}");
        }

        return ExitCodes.Ok;
    }

    /// <summary>What did not come to its end leaves no file that looks whole.</summary>
    private static async Task WriteAsync(RunningHouse house, Choice choice, CancellationToken cancellation)
    {
        if (choice.To == StandardOutput)
        {
            await using var output = Console.OpenStandardOutput();
            await WriteAsync(new LogApi(house, Console.Error), choice, output, cancellation);
            return;
        }

        var part = choice.To + ".part";
        File.Delete(part); // what somebody else laid there, or a link to elsewhere, gets nothing of the log
        try
        {
            await using (var output = new FileStream(part, MakeOptions()))
            {
                await WriteAsync(new LogApi(house, Console.Error), choice, output, cancellation);
            }

            File.Move(part, choice.To, choice.Overwrite);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task WriteAsync(LogApi api, Choice choice, Stream output, CancellationToken cancellation)
    {
        if (choice.Question is not { } question)
        {
            await api.CopyBundleAsync(output, cancellation);
            return;
        }

        await output.WriteAsync(choice.Format == "csv" ? Encoding.UTF8.GetBytes(LogCsv.Head) : [], cancellation);
        await foreach (var line in api.AskAsync(question, cancellation))
        {
            if (line.Entry is { } entry)
            {
                await output.WriteAsync(choice.Format == "csv" ? Encoding.UTF8.GetBytes(LogCsv.RowOf(line, entry)) : EventsOf(line), cancellation);
            }
        }
    }

    /// <summary>Newline-delimited FHIR: one resource on each line, as bulk data are exchanged.</summary>
    private static ReadOnlyMemory<byte> EventsOf(LogLine line)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        foreach (var audit in AuditEvents.Of(new AuditSource
        {
            Entry = line.Entry!,
            Index = line.Index!.Value,
            Recorded = line.Recorded!.Value,
            Client = line.Client is { } client ? new AuditReference("Patient", AuditCodes.Identifiers + "client", client) : null,
            Log = line.Log!,
        }))
        {
            using (var json = new Utf8JsonWriter(bytes))
            {
                AuditEventJson.Write(json, audit);
            }

            bytes.Write("\n"u8);
        }

        return bytes.WrittenMemory;
    }

    private static string? FindObstacle(string file, bool overwrite) =>
        Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder) ? $"There is no folder {folder} to write into: make it, or name another file with --to."
        : Directory.Exists(file) ? $"{file} is a folder: name a file in it with --to."
        : File.Exists(file) && !overwrite ? $"{file} is there already: name another file with --to, or add --overwrite."
        : null;

    /// <summary>The log tells who is a client of whom: the file is a new one and its owner's alone.</summary>
    internal static FileStreamOptions MakeOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
