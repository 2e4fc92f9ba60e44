// The right edge of the tree: all that is needed to append and to know the root.
using System.Buffers.Binary;
using System.Numerics;

namespace Sisote.DisclosureLog.Tree;

/// <summary>The roots of the complete subtrees that make up the tree, from the left; one per set bit of the size.</summary>
/// <remarks>Not safe for several threads. A transaction that may be rolled back works on a <see cref="Copy"/>.</remarks>
public sealed class CompactRange
{
    private readonly List<Digest> roots;

    /// <summary>The tree without leaves.</summary>
    public CompactRange()
        : this(0, [])
    {
    }

    private CompactRange(long size, List<Digest> roots)
    {
        Size = size;
        this.roots = roots;
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a leaf, by its hash; O(log n) at worst, O(1) on average.</summary>
    /// <param name="leafHash">The hash of the leaf entry.</param>
    /// <param name="completed">Told of every subtree that this leaf completes, the leaf itself first: what a store of tiles keeps.</param>
    public void Append(Digest leafHash, Action<NodeAddress, Digest>? completed = null)
    {
        var hash = leafHash;
        completed?.Invoke(new NodeAddress(0, Size), hash);
        for (var level = 0; (Size >> level & 1) == 1; level++)
        {
            hash = MerkleHash.OfNode(roots[^1], hash);
            roots.RemoveAt(roots.Count - 1);
            completed?.Invoke(new NodeAddress(level + 1, Size >> (level + 1)), hash);
        }

        roots.Add(hash);
        Size++;
    }

    /// <summary>The root hash of the tree as it stands. RFC 9162 §2.1.1.</summary>
    public Digest Root()
    {
        if (roots.Count == 0)
        {
            return MerkleHash.Empty;
        }

        var root = roots[^1];
        for (var i = roots.Count - 2; i >= 0; i--)
        {
            root = MerkleHash.OfNode(roots[i], root);
        }

        return root;
    }

    /// <summary>An independent copy.</summary>
    public CompactRange Copy() => new(Size, [.. roots]);

    /// <summary>Eight bytes of size, most significant first, then the hashes from the left.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[sizeof(long) + (roots.Count * Digest.Length)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < roots.Count; i++)
        {
            roots[i].CopyTo(bytes.AsSpan(sizeof(long) + (i * Digest.Length)));
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The number of hashes does not fit the size.</exception>
    public static CompactRange FromArray(ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length >= sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
        if (size < 0 || bytes.Length != sizeof(long) + (BitOperations.PopCount((ulong)size) * Digest.Length))
        {
            throw new FormatException("Not a compact range.");
        }

        var roots = new List<Digest>();
        for (var at = sizeof(long); at < bytes.Length; at += Digest.Length)
        {
            roots.Add(new Digest(bytes.Slice(at, Digest.Length)));
        }

        return new CompactRange(size, roots);
    }

    /// <summary>Reads the right edge of a tree of this size from whoever keeps its hashes.</summary>
    public static async ValueTask<CompactRange> FromAsync(long size, HashSource hashes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var roots = new List<Digest>();
        foreach (var node in LeafSpan.Of(0, size).CompleteSubtrees())
        {
            roots.Add(await hashes(node, cancellationToken));
        }

        return new CompactRange(size, roots);
    }
}
