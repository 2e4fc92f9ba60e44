// Shows that a leaf stands in a tree.
using System.Collections.Immutable;

namespace Sisote.DisclosureLog.Tree;

/// <summary>The hashes beside the way from a leaf to the root. RFC 9162 §2.1.3.</summary>
public sealed record InclusionProof
{
    /// <summary>Place of the leaf, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Number of leaves of the tree.</summary>
    public required long Size { get; init; }

    /// <summary>The hashes, from the leaf's neighbour up.</summary>
    public required ImmutableArray<Digest> Path { get; init; }

    /// <summary>Makes the proof for one leaf in the tree of the given size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such leaf in such a tree.</exception>
    public static async ValueTask<InclusionProof> MakeAsync(long index, long size, HashSource hashes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var neighbours = new Stack<LeafSpan>();
        for (var span = LeafSpan.Of(0, size); span.Length > 1;)
        {
            var goesLeft = index < span.Middle();
            neighbours.Push(goesLeft ? span.Right() : span.Left());
            span = goesLeft ? span.Left() : span.Right();
        }

        var path = ImmutableArray.CreateBuilder<Digest>(neighbours.Count);
        while (neighbours.TryPop(out var neighbour))
        {
            path.Add(await neighbour.HashAsync(hashes, cancellationToken));
        }

        return new InclusionProof { Index = index, Size = size, Path = path.MoveToImmutable() };
    }

    /// <summary>Whether the proof joins this leaf hash to this root. RFC 9162 §2.1.3.2.</summary>
    public bool Verify(Digest leafHash, Digest root)
    {
        if (Index < 0 || Index >= Size)
        {
            return false;
        }

        var (walk, hash) = (new ProofWalk(Index, Size - 1), leafHash);
        foreach (var neighbour in Path)
        {
            if (walk.IsAtRoot)
            {
                return false;
            }

            hash = walk.Climb() ? MerkleHash.OfNode(neighbour, hash) : MerkleHash.OfNode(hash, neighbour);
        }

        return walk.IsAtRoot && hash == root;
    }
}
