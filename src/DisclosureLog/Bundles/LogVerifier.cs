// Checks an exported log with nothing but the file and the log's public key.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>Reads a bundle once, front to back, and says whether it is the log that was signed; if not, where it first is not.</summary>
/// <remarks>It trusts nothing in the file but what the key's signature covers, and judges signatures of those witnesses only that the reader trusts.</remarks>
public static class LogVerifier
{
    /// <summary>Checks a bundle.</summary>
    /// <param name="bundle">The file.</param>
    /// <param name="log">The log's key, from where the reader trusts it; null to take the one in the bundle, which shows only that the bundle agrees with itself.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static Task<BundleOutcome> VerifyAsync(Stream bundle, NoteVerifier? log, CancellationToken cancellationToken) =>
        VerifyAsync(bundle, new BundleTerms { Log = log }, cancellationToken);

    /// <summary>Checks a bundle against what the reader knows from elsewhere.</summary>
    public static async Task<BundleOutcome> VerifyAsync(Stream bundle, BundleTerms terms, CancellationToken cancellationToken)
    {
        var lines = new LineReader(bundle);
        var named = BundleReader.ReadHeader((await lines.NextAsync(cancellationToken)).Span);
        if (named is null || (terms.Log is { } log && log.ToString() != named.ToString()))
        {
            return Broken(null, named is null ? BundleFault.Header : BundleFault.AnotherKey);
        }

        var note = BundleReader.ReadCheckpoint((await lines.NextAsync(cancellationToken)).Span);
        if (!Note.TryParse(note, out var signed) || !Checkpoint.TryParse(signed.Text, out var checkpoint) || checkpoint.Origin != named.Name)
        {
            return Broken(null, BundleFault.Checkpoint);
        }

        if (!signed.IsSignedBy(named))
        {
            return Broken(null, BundleFault.Signature);
        }

        return KeptCheckpoints.Open(terms.Kept, named) is { } kept
            ? Judge(await VerifyEntriesAsync(lines, checkpoint, kept, cancellationToken), [signed, .. terms.Kept], terms)
            : Broken(null, BundleFault.KeptSignature);
    }

    /// <summary>An intact bundle needs its witnesses, too.</summary>
    private static BundleOutcome Judge(BundleOutcome outcome, Note[] notes, BundleTerms terms) => outcome switch
    {
        BundleOutcome.Intact when !notes.Any(terms.Quorum.IsMetBy) => Broken(null, BundleFault.TooFewWitnesses),
        BundleOutcome.Intact intact => intact with { KeyWasGiven = terms.Log is not null, Cosigners = notes.Where(terms.Quorum.IsMetBy).Max(note => terms.Quorum.FindCosigners(note).Count) },
        _ => outcome,
    };

    private static async Task<BundleOutcome> VerifyEntriesAsync(LineReader lines, Checkpoint checkpoint, KeptCheckpoints kept, CancellationToken cancellationToken)
    {
        var run = new EntryRun();
        if (kept.ReachBeyond(checkpoint.Size))
        {
            return Broken(null, BundleFault.ShorterThanKept);
        }

        for (var line = await lines.NextAsync(cancellationToken); !line.IsEmpty; line = await lines.NextAsync(cancellationToken))
        {
            var fault = run.Tree.Size == checkpoint.Size ? BundleFault.Surplus : run.Take(line.Span);
            if (fault is { } found)
            {
                return Broken(run.Tree.Size, found);
            }

            if (!kept.Allow(run.Tree))
            {
                return Broken(null, BundleFault.ContradictsKept);
            }
        }

        return run.Tree.Size < checkpoint.Size ? Broken(run.Tree.Size, BundleFault.Truncated)
            : run.Tree.Root() != checkpoint.Root ? Broken(null, BundleFault.RootMismatch)
            : Intact(run, checkpoint);
    }

    private static BundleOutcome.Intact Intact(EntryRun run, Checkpoint checkpoint) => new()
    {
        Origin = checkpoint.Origin,
        Size = checkpoint.Size,
        Root = checkpoint.Root,
        Erased = run.Erased,
        Untold = run.Erasures.CountUntold(),
        LastTime = run.LastTime,
        KeyWasGiven = false,
    };

    private static BundleOutcome.Broken Broken(long? index, BundleFault fault) => new() { Index = index, Fault = fault };

    /// <summary>What is known after the entries read so far.</summary>
    private sealed class EntryRun
    {
        internal CompactRange Tree { get; } = new();

        internal long Erased { get; private set; }

        internal ErasureReckoning Erasures { get; } = new();

        internal DateTimeOffset? LastTime { get; private set; }

        internal BundleFault? Take(ReadOnlySpan<byte> line)
        {
            if (line[^1] != '\n' && line.Length < LineReader.LongestLine)
            {
                return BundleFault.Truncated;
            }

            if (!EntryLine.TryCut(line, out var entry))
            {
                return BundleFault.Malformed;
            }

            var fault = Judge(entry, out var leaf);
            if (fault is null)
            {
                Reckon(entry);
                Tree.Append(entry.Hash);
                LastTime = leaf?.Time;
            }

            return fault;
        }

        private void Reckon(EntryLine entry)
        {
            if (entry.IsErased)
            {
                Erased++;
                Erasures.Gone(Tree.Size);
            }
            else
            {
                Erasures.Read(entry.Record);
            }
        }

        private BundleFault? Judge(EntryLine entry, out LeafEntry? leaf)
        {
            leaf = null;
            if (MerkleHash.OfLeaf(entry.Leaf) != entry.Hash)
            {
                return BundleFault.LeafDoesNotMatchHash;
            }

            if (!LeafEntry.TryRead(entry.Leaf, out leaf))
            {
                return BundleFault.Malformed;
            }

            if (leaf.Seq != Tree.Size)
            {
                return BundleFault.OutOfOrder;
            }

            return entry.IsErased || IsCommittedTo(entry, leaf) ? null : BundleFault.RecordDoesNotMatchCommitment;
        }

        private static bool IsCommittedTo(EntryLine entry, LeafEntry leaf)
        {
            Span<byte> salt = stackalloc byte[Commitment.SaltLength];
            entry.Salt.CopyTo(salt);
            return Commitment.Of(salt, entry.Record) == leaf.Commitment;
        }
    }
}
