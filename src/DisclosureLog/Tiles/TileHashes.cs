// Reads the hashes of the tree out of tiles.
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Tiles;

/// <summary>Turns a source of tiles into a source of hashes for a tree of one size, and hashes into tiles.</summary>
/// <remarks>It keeps the tiles it has read for its own life: make one per proof, not one per process. A <see cref="TileCache"/> may live as long as the process and serve all proofs of one log.</remarks>
public sealed class TileHashes(long size, TileSource tiles, TileCache? cache = null)
{
    private readonly Dictionary<TileAddress, ReadOnlyMemory<byte>> read = [];

    /// <summary>The bytes of a tile.</summary>
    public static byte[] Write(IReadOnlyCollection<Digest> hashes)
    {
        var bytes = new byte[hashes.Count * Digest.Length];
        var at = 0;
        foreach (var hash in hashes)
        {
            hash.CopyTo(bytes.AsSpan(at));
            at += Digest.Length;
        }

        return bytes;
    }

    /// <summary>The hash of a complete subtree; a <see cref="HashSource"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such complete subtree.</exception>
    /// <exception cref="FormatException">The source gave a tile of another length.</exception>
    public async ValueTask<Digest> ReadAsync(NodeAddress node, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((node.Index + 1) << node.Level, size, nameof(node));
        var (level, rise) = Math.DivRem(node.Level, TileAddress.Height);
        var first = node.Index << rise;
        var address = TileAddress.In(size, level, first / TileAddress.FullWidth) ?? throw new ArgumentOutOfRangeException(nameof(node));
        var place = (int)(first % TileAddress.FullWidth);
        if (cache is not null && address.IsFull)
        {
            return (await ReadTreeAsync(cache, address, cancellationToken)).Node(rise, place >> rise);
        }

        var tile = await ReadTileAsync(address, cancellationToken);
        return Join(tile.Span.Slice(place * Digest.Length, Digest.Length << rise));
    }

    private async ValueTask<TileTree> ReadTreeAsync(TileCache kept, TileAddress address, CancellationToken cancellationToken)
    {
        var tree = kept.Find(address);
        if (tree is null)
        {
            tree = new TileTree((await ReadTileAsync(address, cancellationToken)).Span);
            kept.Keep(address, tree);
        }

        return tree;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(TileAddress address, CancellationToken cancellationToken)
    {
        if (!read.TryGetValue(address, out var tile))
        {
            tile = await tiles(address, cancellationToken);
            read[address] = tile.Length == address.Width * Digest.Length ? tile : throw new FormatException($"{address.Path} has another length.");
        }

        return tile;
    }

    private static Digest Join(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == Digest.Length)
        {
            return new Digest(hashes);
        }

        var half = hashes.Length / 2;
        return MerkleHash.OfNode(Join(hashes[..half]), Join(hashes[half..]));
    }
}
