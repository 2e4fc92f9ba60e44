// Shows that a tree only grew.
using System.Collections.Immutable;
using System.Numerics;

namespace Sisote.DisclosureLog.Tree;

/// <summary>The hashes that join the root of an earlier tree to the root of a later one. RFC 9162 §2.1.4.</summary>
public sealed record ConsistencyProof
{
    /// <summary>Number of leaves of the earlier tree, at least 1.</summary>
    public required long OldSize { get; init; }

    /// <summary>Number of leaves of the later tree.</summary>
    public required long NewSize { get; init; }

    /// <summary>The hashes, in the order of the RFC.</summary>
    public required ImmutableArray<Digest> Path { get; init; }

    /// <summary>Makes the proof between two sizes of one log.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The earlier tree is empty or larger than the later.</exception>
    public static async ValueTask<ConsistencyProof> MakeAsync(long oldSize, long newSize, HashSource hashes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = ImmutableArray.CreateBuilder<Digest>();
        foreach (var span in Spans(oldSize, newSize))
        {
            path.Add(await span.HashAsync(hashes, cancellationToken));
        }

        return new ConsistencyProof { OldSize = oldSize, NewSize = newSize, Path = path.ToImmutable() };
    }

    /// <summary>Whether the later tree continues the earlier one. RFC 9162 §2.1.4.2.</summary>
    public bool Verify(Digest oldRoot, Digest newRoot)
    {
        if (OldSize < 1 || OldSize >= NewSize)
        {
            return OldSize == NewSize && Path.IsEmpty && oldRoot == newRoot;
        }

        ReadOnlySpan<Digest> path = BitOperations.IsPow2(OldSize) ? [oldRoot, .. Path] : Path.AsSpan();
        return !Path.IsEmpty && Joins(path, oldRoot, newRoot);
    }

    /// <summary>
    /// The root that the later tree has at the earlier size, where the hashes lead to the later root at all; null where they do not, or where the earlier size is a power of two, whose root is not among the hashes.
    /// </summary>
    public Digest? FindOldRoot(Digest newRoot)
    {
        if (OldSize < 1 || OldSize >= NewSize || Path.IsEmpty || BitOperations.IsPow2(OldSize))
        {
            return null;
        }

        return Climb(Path.AsSpan()) is var (old, found) && found == newRoot ? old : null;
    }

    private static Stack<LeafSpan> Spans(long oldSize, long newSize)
    {
        var spans = new Stack<LeafSpan>();
        var span = LeafSpan.Of(0, newSize);
        while (span.End != oldSize)
        {
            var goesLeft = oldSize <= span.Middle();
            spans.Push(goesLeft ? span.Right() : span.Left());
            span = goesLeft ? span.Left() : span.Right();
        }

        if (span.Start != 0)
        {
            spans.Push(span);
        }

        return spans;
    }

    private bool Joins(ReadOnlySpan<Digest> path, Digest oldRoot, Digest newRoot) => Climb(path) is var (oldHash, newHash) && oldHash == oldRoot && newHash == newRoot;

    /// <summary>The two roots that the hashes lead to; null where there are too many or too few of them.</summary>
    private (Digest Old, Digest New)? Climb(ReadOnlySpan<Digest> path)
    {
        var ones = BitOperations.TrailingZeroCount(OldSize);
        var walk = new ProofWalk((OldSize - 1) >> ones, (NewSize - 1) >> ones);
        var (oldHash, newHash) = (path[0], path[0]);
        foreach (var hash in path[1..])
        {
            if (walk.IsAtRoot)
            {
                return null;
            }

            (oldHash, newHash) = walk.Climb()
                ? (MerkleHash.OfNode(hash, oldHash), MerkleHash.OfNode(hash, newHash))
                : (oldHash, MerkleHash.OfNode(newHash, hash));
        }

        return walk.IsAtRoot ? (oldHash, newHash) : null;
    }
}
