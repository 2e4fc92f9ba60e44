// sisote log verify: is an exported log what was signed? Offline, from the file alone.
using System.CommandLine;
using System.Globalization;
using Sisote.DisclosureLog.Bundles;

namespace Sisote.Host.Commands;

/// <summary>Verifies an exported log with nothing but the file and, to be sure whose log it is, its public key.</summary>
internal static class LogVerifyCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var bundle = new Argument<FileInfo>("file") { Description = "A file written by `sisote log export`, or by `sisote log witness evidence`." };
        var key = new Option<string?>("--key") { HelpName = "LINE", Description = "The log's public key, the line in consent.log.vkey, kept apart from the file." };
        var witness = new Option<string[]>("--witness") { HelpName = "LINE", Description = "The public key of a witness that you trust; may be given several times." };
        var quorum = new Option<int?>("--quorum") { HelpName = "NUMBER", Description = "How many of these witnesses must have cosigned (default: all that are named)." };
        var kept = new Option<FileInfo[]>("--checkpoint") { HelpName = "FILE", Description = "A checkpoint that you or somebody else kept; the log must continue it. May be given several times." };
        var command = new Command("verify", "Check an exported log, or evidence against one, offline; ends with 5 and says where if it is not what was signed.") { bundle, key, witness, quorum, kept };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(bundle), new LogVerifyTerms(parsed.GetValue(key), parsed.GetValue(witness) ?? [], parsed.GetValue(quorum), parsed.GetValue(kept) ?? []), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo bundle, LogVerifyTerms given, CancellationToken cancellation)
    {
        if (given.FindFault() is { } misuse)
        {
            await Console.Error.WriteLineAsync(misuse);
            return ExitCodes.Usage;
        }

        if (given.Kept.Prepend(bundle).FirstOrDefault(static file => !file.Exists) is { } missing)
        {
            await Console.Error.WriteLineAsync($"There is no file {missing.FullName}.");
            return ExitCodes.Failed;
        }

        var terms = await given.ReadAsync(cancellation);
        if (await EvidenceOutput.FindAsync(bundle, cancellation) is { } evidence)
        {
            return await EvidenceOutput.TellAsync(evidence, terms, Console.Out);
        }

        await using var file = bundle.OpenRead();
        var outcome = await LogVerifier.VerifyAsync(file, terms, cancellation);
        await Console.Out.WriteLineAsync(Tell(outcome));
        return outcome is BundleOutcome.Intact ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }

    /// <summary>The finding in a line or two.</summary>
    internal static string Tell(BundleOutcome outcome) => outcome switch
    {
        BundleOutcome.Intact intact => string.Create(CultureInfo.InvariantCulture, $"Intact: {intact.Size} entries of {intact.Origin}, root {intact.Root}{Erased(intact)}{Cosigned(intact.Cosigners)}.")
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

    private static string Cosigned(int count) => count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"; cosigned by {count} trusted {(count == 1 ? "witness" : "witnesses")}");

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
        BundleFault.KeptSignature => "a kept checkpoint is not one of this log",
        BundleFault.ShorterThanKept => "a kept checkpoint covers more entries than are here: entries at the end were removed",
        BundleFault.ContradictsKept => "a kept checkpoint was signed for another log than this: entries were changed since",
        BundleFault.TooFewWitnesses => "too few of the trusted witnesses cosigned it",
        _ => "unknown fault",
    };
}
