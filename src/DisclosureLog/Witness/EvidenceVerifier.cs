// Checks an evidence file with nothing but the file and the log's public key.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Witness;

/// <summary>Says what a file of evidence shows.</summary>
public static class EvidenceVerifier
{
    /// <summary>Checks a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="log">The log's key, from where the reader trusts it; null to take the one in the file.</param>
    public static EvidenceOutcome Verify(ReadOnlySpan<byte> file, NoteVerifier? log) =>
        !LogEvidence.TryRead(file, out var evidence) ? Broken(EvidenceFault.Malformed)
        : log is not null && log.ToString() != evidence.Log.ToString() ? Broken(EvidenceFault.AnotherKey)
        : Verify(evidence);

    /// <summary>Checks what was read.</summary>
    public static EvidenceOutcome Verify(LogEvidence evidence)
    {
        if (!Checkpoint.TryOpen(evidence.Kept.ToString(), evidence.Log, out var kept) || !Checkpoint.TryOpen(evidence.Shown.ToString(), evidence.Log, out var shown))
        {
            return Broken(EvidenceFault.Signature);
        }

        if (kept.Size == shown.Size)
        {
            return kept.Root != shown.Root ? new EvidenceOutcome.Proven() : BelowTheCheckpoint(evidence, kept);
        }

        return evidence.OtherRoot is { } other ? VerifyProof(evidence, other, kept, shown)
            : shown.Size < kept.Size ? new EvidenceOutcome.Testimony()
            : Broken(EvidenceFault.NoContradiction);
    }

    /// <summary>INVARIANT: a tree has one root at each size, so whoever signs another one for that size has signed two histories.</summary>
    private static EvidenceOutcome VerifyProof(LogEvidence evidence, Digest other, Checkpoint kept, Checkpoint shown)
    {
        var (smaller, larger) = kept.Size < shown.Size ? (kept, shown) : (shown, kept);
        if (!new ConsistencyProof { OldSize = smaller.Size, NewSize = larger.Size, Path = evidence.Path }.Verify(other, larger.Root))
        {
            return Broken(EvidenceFault.Proof);
        }

        return other != smaller.Root ? new EvidenceOutcome.Proven() : Broken(EvidenceFault.NoContradiction);
    }

    /// <summary>Where the checkpoint stayed and entries below it changed, the tiles that showed it were signed by nobody.</summary>
    private static EvidenceOutcome BelowTheCheckpoint(LogEvidence evidence, Checkpoint kept) =>
        evidence.Kind is EvidenceKind.Edited or EvidenceKind.Reordered or EvidenceKind.Forked or EvidenceKind.Truncated && evidence.Index is { } index && index < kept.Size
            ? new EvidenceOutcome.Testimony()
            : Broken(EvidenceFault.NoContradiction);

    private static EvidenceOutcome.Broken Broken(EvidenceFault fault) => new(fault);
}
