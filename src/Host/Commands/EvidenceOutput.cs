// What sisote log verify says to a file of evidence.
using System.Globalization;
using System.Text;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Host.Commands;

/// <summary>Recognises evidence, checks it, and says what it shows.</summary>
internal static class EvidenceOutput
{
    private const int LargestFile = 64 * 1024;

    private static readonly byte[] Start = Encoding.UTF8.GetBytes($"{{\"format\":\"{LogEvidence.Format}\"");

    /// <summary>The file's bytes, where it is evidence; null where it is something else.</summary>
    internal static async Task<byte[]?> FindAsync(FileInfo file, CancellationToken cancellation)
    {
        await using var stream = file.OpenRead();
        var buffer = new byte[LargestFile + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return buffer.AsSpan(0, length).StartsWith(Start) ? buffer[..length] : null;
    }

    /// <summary>Says what it shows; the exit code.</summary>
    internal static async Task<int> TellAsync(byte[] file, BundleTerms terms, TextWriter output)
    {
        var outcome = EvidenceVerifier.Verify(file, terms.Log);
        await output.WriteLineAsync(Tell(outcome, LogEvidence.TryRead(file, out var evidence) ? evidence : null, terms));
        return outcome is EvidenceOutcome.Broken ? ExitCodes.VerificationFailed : ExitCodes.Ok;
    }

    private static string Tell(EvidenceOutcome outcome, LogEvidence? evidence, BundleTerms terms) => outcome switch
    {
        EvidenceOutcome.Proven => $"Proven: {Story(evidence!)} The log's own signatures prove it.{KeyHint(terms)}",
        EvidenceOutcome.Testimony => $"Testimony: {Story(evidence!)} Both checkpoints are the log's own; that the second was shown after the first, or that entries below it differ, is the witness's word.{KeyHint(terms)}",
        EvidenceOutcome.Broken broken => $"This file shows nothing: {Tell(broken.Fault)}.",
        _ => throw new InvalidOperationException("Evidence proves, tells or shows nothing."),
    };

    private static string Story(LogEvidence evidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"{evidence.Log.Name}, {LogEvidence.NameOf(evidence.Kind)}{(evidence.Index is { } index ? $" at entry {index}" : string.Empty)}; kept {Size(evidence.Kept)} entries, shown {Size(evidence.Shown)} on {evidence.SeenAt.ToUniversalTime():yyyy-MM-dd HH:mm:ss'Z'}.");

    private static long Size(Note note) => Checkpoint.TryParse(note.Text, out var checkpoint) ? checkpoint.Size : 0;

    private static string KeyHint(BundleTerms terms) => terms.Log is null ? "\nThe key is the file's own; give --key to be sure whose log it is." : string.Empty;

    private static string Tell(EvidenceFault fault) => fault switch
    {
        EvidenceFault.Malformed => "it is not in the form of evidence",
        EvidenceFault.AnotherKey => "it is about another log than the one whose key was given",
        EvidenceFault.Signature => "a checkpoint in it is not signed by the log",
        EvidenceFault.Proof => "its proof does not lead to the larger checkpoint",
        EvidenceFault.NoContradiction => "the two checkpoints go together",
        _ => "unknown fault",
    };
}
