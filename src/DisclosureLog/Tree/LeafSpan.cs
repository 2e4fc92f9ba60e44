// A run of leaves, and how RFC 9162 cuts it.
using System.Numerics;

namespace Sisote.DisclosureLog.Tree;

/// <summary>The leaves from <see cref="Start"/> up to, not including, <see cref="End"/>; it starts at a multiple of every power of two smaller than its length.</summary>
internal readonly record struct LeafSpan(long Start, long End)
{
    internal long Length => End - Start;

    internal static LeafSpan Of(long start, long end) => new(start, end);

    /// <summary>The place of the cut: the largest power of two smaller than the length.</summary>
    internal long Middle() => Start + (1L << BitOperations.Log2((ulong)(Length - 1)));

    internal LeafSpan Left() => new(Start, Middle());

    internal LeafSpan Right() => new(Middle(), End);

    internal IEnumerable<NodeAddress> CompleteSubtrees()
    {
        for (var at = Start; at < End;)
        {
            var level = BitOperations.Log2((ulong)(End - at));
            yield return new NodeAddress(level, at >> level);
            at += 1L << level;
        }
    }

    /// <summary>The hash over these leaves: the complete subtrees joined from the right.</summary>
    internal async ValueTask<Digest> HashAsync(HashSource hashes, CancellationToken cancellationToken)
    {
        var parts = new Stack<Digest>();
        foreach (var node in CompleteSubtrees())
        {
            parts.Push(await hashes(node, cancellationToken));
        }

        var hash = parts.Pop();
        while (parts.TryPop(out var left))
        {
            hash = MerkleHash.OfNode(left, hash);
        }

        return hash;
    }
}
