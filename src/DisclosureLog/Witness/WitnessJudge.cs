// Whether a checkpoint continues what a witness has seen.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Witness;

/// <summary>The checks of C2SP tlog-witness in their order. It keeps nothing: what was seen before is given, and whoever keeps it compares again while writing.</summary>
public static class WitnessJudge
{
    /// <summary>Judges a request for a log that is watched.</summary>
    /// <param name="request">The request.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="seen">The signed checkpoint that was cosigned last; null for none.</param>
    /// <param name="at">Now, for evidence.</param>
    public static WitnessVerdict Judge(AddCheckpoint request, NoteVerifier log, Note? seen, DateTimeOffset at)
    {
        if (!request.Note.IsSignedBy(log) || request.Checkpoint.Origin != log.Name)
        {
            return new WitnessVerdict.NotSigned();
        }

        if (request.OldSize > request.Checkpoint.Size)
        {
            return new WitnessVerdict.Backwards();
        }

        var known = seen is null ? null : Open(seen);
        if (request.OldSize != (known?.Size ?? 0))
        {
            return new WitnessVerdict.AnotherSize(known?.Size ?? 0, FindEvidence(request, log, seen, at));
        }

        return Continues(request, known) ? new WitnessVerdict.Continues() : new WitnessVerdict.DoesNotContinue(FindEvidence(request, log, seen, at));
    }

    private static bool Continues(AddCheckpoint request, Checkpoint? known)
    {
        var shown = request.Checkpoint;
        if (shown.Size == 0 && shown.Root != MerkleHash.Empty)
        {
            return false;
        }

        // The empty tree goes before every tree, and needs no proof.
        return request.OldSize == 0
            ? request.Path.IsEmpty && (shown.Size > 0 || known is null || known.Root == shown.Root)
            : new ConsistencyProof { OldSize = request.OldSize, NewSize = shown.Size, Path = request.Path }.Verify(known!.Root, shown.Root);
    }

    /// <summary>Anybody may send anything here, so only what the log's own signatures prove counts.</summary>
    private static LogEvidence? FindEvidence(AddCheckpoint request, NoteVerifier log, Note? seen, DateTimeOffset at)
    {
        if (seen is null)
        {
            return null;
        }

        var (known, shown) = (Open(seen), request.Checkpoint);
        var evidence = new LogEvidence { Kind = EvidenceKind.SplitView, Log = log, Kept = seen, Shown = request.Note, SeenAt = at };
        if (shown.Size == known.Size)
        {
            return shown.Root == known.Root ? null : evidence;
        }

        var proof = new ConsistencyProof { OldSize = known.Size, NewSize = shown.Size, Path = request.Path };
        return request.OldSize == known.Size && proof.FindOldRoot(shown.Root) is { } other && other != known.Root
            ? evidence with { Kind = EvidenceKind.Forked, OtherRoot = other, Path = request.Path }
            : null;
    }

    private static Checkpoint Open(Note seen) =>
        Checkpoint.TryParse(seen.Text, out var checkpoint) ? checkpoint : throw new FormatException("What was cosigned last is no checkpoint.");
}
