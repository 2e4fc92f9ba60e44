// sisote log verify: is an exported log what was signed? Offline, from the file alone.
using System.CommandLine;
using System.Globalization;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.Host.Commands;

/// <summary>Verifies an exported log with nothing but the file and, to be sure whose log it is, its public key.</summary>
internal static class LogVerifyCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var bundle = new Argument<FileInfo>("bundle") { Description = "A file written by `sisote log export`." };
        var key = new Option<string?>("--key") { HelpName = "LINE", Description = "The log's public key, the line in consent.log.vkey, kept apart from the file." };
        var command = new Command("verify", "Check an exported log offline; ends with 5 and names the entry if anything was changed.") { bundle, key };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(bundle), parsed.GetValue(key), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo bundle, string? key, CancellationToken cancellation)
    {
        NoteVerifier? log = null;
        if (key is not null && !NoteVerifier.TryParse(key, out log))
        {
            await Console.Error.WriteLineAsync(File.Exists(key)
                ? $"--key takes the key itself, not a file: --key \"$(cat {key})\"."
                : "--key is not a log's public key: it looks like name+1234abcd+base64, as the line in consent.log.vkey does.");
            return ExitCodes.Usage;
        }

        if (!bundle.Exists)
        {
            await Console.Error.WriteLineAsync($"There is no file {bundle.FullName}.");
            return ExitCodes.Failed;
        }

        await using var file = bundle.OpenRead();
        var outcome = await LogVerifier.VerifyAsync(file, log, cancellation);
        await Console.Out.WriteLineAsync(Tell(outcome));
        return outcome is BundleOutcome.Intact ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }

    /// <summary>The finding in a line or two.</summary>
    internal static string Tell(BundleOutcome outcome) => outcome switch
    {
        BundleOutcome.Intact intact => string.Create(CultureInfo.InvariantCulture, $"Intact: {intact.Size} entries of {intact.Origin}, root {intact.Root}{Erased(intact)}.")
            + (intact.KeyWasGiven ? string.Empty : "\nThe file agrees with its own key; give --key to be sure whose log it is."),
        BundleOutcome.Broken { Index: { } index } broken => string.Create(CultureInfo.InvariantCulture, $"Broken at entry {index}: {Tell(broken.Fault)}."),
        BundleOutcome.Broken broken => $"Broken: {Tell(broken.Fault)}.",
        _ => throw new InvalidOperationException("A bundle is intact or broken."),
    };

    private static string Erased(BundleOutcome.Intact intact) => intact switch
    {
        { Erased: 0 } => string.Empty,
        { Untold: 0 } => string.Create(CultureInfo.InvariantCulture, $"; {intact.Erased} of them without their record, all erased on record"),
        _ => string.Create(CultureInfo.InvariantCulture, $"; {intact.Erased} of them without their record, {intact.Erased - intact.Untold} erased on record, {intact.Untold} left out for this reader or taken away"),
    };

    private static string Tell(BundleFault fault) => fault switch
    {
        BundleFault.Header => "the first line is not a header of an exported log",
        BundleFault.AnotherKey => "it was signed with another key than the one given",
        BundleFault.Checkpoint => "the second line is not a checkpoint of this log",
        BundleFault.Signature => "the checkpoint is not signed by the log's key",
        BundleFault.Malformed => "the line is not in its canonical form",
        BundleFault.LeafDoesNotMatchHash => "the leaf was changed",
        BundleFault.OutOfOrder => "entries were swapped, removed or put in",
        BundleFault.RecordDoesNotMatchCommitment => "the record was changed after it was signed",
        BundleFault.Truncated => "entries are missing from here on",
        BundleFault.Surplus => "there are more entries than were signed",
        BundleFault.RootMismatch => "together the entries are not the log that was signed",
        _ => "unknown fault",
    };
}
