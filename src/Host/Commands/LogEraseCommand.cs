// sisote log erase: what has served its time goes, after it was taken out.
using System.CommandLine;
using System.Globalization;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;

namespace Sisote.Host.Commands;

/// <summary>Erases what is due; without <c>--yes</c> it only says what would go.</summary>
internal static class LogEraseCommand
{
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromSeconds(2);

    private sealed record Choice(DateOnly? Until, string? Export, bool NoExport, bool Yes, TextWriter Output, TextWriter Errors);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, until) = (Settings.Data(), Settings.Port(), LogRetentionCommand.Until());
        var export = new Option<string?>("--export") { HelpName = "FILE", Description = "Take out what will be erased into this file first; a run that was interrupted goes on with the same file." };
        var none = new Option<bool>("--no-export") { Description = "Say expressly that what is erased is not taken out." };
        var yes = new Option<bool>("--yes") { Description = "Erase. Without it nothing is erased, and the command says what would go." };
        var command = new Command("erase", "Erase what has served its time: records and salts go, commitments stay, and all proofs hold. A dry run without --yes.") { until, export, none, yes, data, port };
        command.Validators.Add(result =>
        {
            if (result.GetValue(export) is not null && result.GetValue(none))
            {
                result.AddError("Say --export FILE or --no-export, not both.");
            }
            else if (result.GetValue(yes) && result.GetValue(export) is null && !result.GetValue(none))
            {
                result.AddError("Say --export FILE to take out first what will be erased, or --no-export if that is not wanted.");
            }
        });
        command.SetAction((parsed, cancellation) => RetentionRun.TryAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)),
            parsed.InvocationConfiguration,
            api => RunAsync(
                api,
                new Choice(parsed.GetValue(until), parsed.GetValue(export), parsed.GetValue(none), parsed.GetValue(yes), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error),
                cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(RetentionApi api, Choice choice, CancellationToken cancellation)
    {
        if (choice.Yes && await FindInterruptedAsync(api, choice, cancellation) is { } interrupted)
        {
            await choice.Errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Going on with the run that stopped after {interrupted.Erased:N0} records."));
            return await EraseAsync(api, interrupted, choice, cancellation);
        }

        var report = await api.ReportAsync(choice.Until, cancellation);
        LogRetentionCommand.Tell(report, choice.Output);
        var due = report.Due + report.Beside.Sum(static kind => kind.Due);
        if (due == 0 || !choice.Yes)
        {
            await choice.Errors.WriteLineAsync(due == 0 ? "Nothing is due; nothing was erased." : "This was a dry run; nothing was erased. To erase: --yes, with --export FILE or --no-export.");
            return ExitCodes.Ok;
        }

        if (choice.Export is { } file && FindObstacle(file) is { } obstacle)
        {
            await choice.Errors.WriteLineAsync(obstacle);
            return ExitCodes.Failed;
        }

        var run = await api.PrepareAsync(choice.Until, cancellation);
        if (choice.Export is { } bundle)
        {
            run = run with { Export = await api.ExportAsync(run.Id, bundle, cancellation) };
            if (!await IsSoundAsync(bundle, choice, cancellation))
            {
                return ExitCodes.VerificationFailed;
            }
        }

        return await EraseAsync(api, run, choice, cancellation);
    }

    /// <summary>A run that began and did not come to its end, and that this command line names.</summary>
    private static async Task<ErasureRun?> FindInterruptedAsync(RetentionApi api, Choice choice, CancellationToken cancellation)
    {
        var open = (await api.RunsAsync(cancellation)).FirstOrDefault(run => run.State is "erasing" or "clearing" && (choice.Until is null || choice.Until == run.AsOf));
        var isNamed = open is not null && (choice.Export is { } file
            ? File.Exists(file) && !open.WithoutExport && await RetentionApi.DigestOfAsync(file, cancellation) == open.Export
            : open.WithoutExport);
        return isNamed ? open : null;
    }

    private static string? FindObstacle(string file) =>
        Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder) ? $"There is no folder {folder} to write into: make it, or name another file with --export."
        : Path.Exists(file) ? $"{file} is there already, and is not the bundle of a run that was interrupted: name another file with --export."
        : null;

    /// <summary>Nothing is erased before the bundle was read back and verified.</summary>
    private static async Task<bool> IsSoundAsync(string file, Choice choice, CancellationToken cancellation)
    {
        await using var bundle = File.OpenRead(file);
        var outcome = await LogVerifier.VerifyAsync(bundle, log: null, cancellation);
        if (outcome is BundleOutcome.Intact intact)
        {
            await choice.Errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{intact.Size - intact.Erased:N0} records were taken out to {Path.GetFullPath(file)} and verified."));
            return true;
        }

        await choice.Errors.WriteLineAsync($"What was taken out is not sound, so nothing was erased. {LogVerifyCommand.Tell(outcome)}");
        return false;
    }

    private static async Task<int> EraseAsync(RetentionApi api, ErasureRun run, Choice choice, CancellationToken cancellation)
    {
        var told = TimeProvider.System.GetTimestamp();
        var last = await api.RunAsync(run.Id, new RunErasure { Export = choice.NoExport ? null : run.Export, WithoutExport = choice.NoExport }, line =>
        {
            if (TimeProvider.System.GetElapsedTime(told) > BetweenTellings)
            {
                choice.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Read:N0} of {line.Of:N0} entries looked at, {line.Erased:N0} erased"));
                told = TimeProvider.System.GetTimestamp();
            }
        }, cancellation);
        await choice.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Erased {last?.Erased ?? run.Erased:N0} records as of {run.AsOf:yyyy-MM-dd}; {Bundle(run, choice)}."));
        if (last?.End == "done")
        {
            return ExitCodes.Ok;
        }

        await choice.Errors.WriteLineAsync(last?.End switch
        {
            "not-cleared" => "All are erased, but bytes of them may still stand in the database's files: somebody reads the log just now, or the disk is full. Say the same command again to clear them.",
            "stopped" => "The run was given up in favour of another one.",
            _ => "The run did not come to its end. Say the same command again to go on with it.",
        });
        return ExitCodes.Failed;
    }

    private static string Bundle(ErasureRun run, Choice choice) => choice.NoExport || run.Export is not { } digest
        ? "nothing was taken out"
        : $"taken out to {Path.GetFullPath(choice.Export!)}, SHA-256 {HexOf(digest)}";

    private static string HexOf(Digest digest) => Convert.ToHexStringLower(digest.ToArray());
}
