// The Merkle tree in tiles, put together from rows.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Keeping;

/// <summary>Reads tiles of hashes and bundles of leaf entries as of one moment.</summary>
internal sealed class LogTiles(Session session)
{
    /// <summary>The hashes of a tile; fewer than its width where the log is not as long. A <see cref="TileSource"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileAddress tile, CancellationToken cancellationToken)
    {
        var first = tile.Index * TileAddress.FullWidth;
        var hashes = tile.Level == 0
            ? await session.QueryAsync(
                "SELECT leaf_hash FROM log_entry WHERE leaf_index >= @first AND leaf_index < @end ORDER BY leaf_index",
                static row => row.GetFieldValue<byte[]>(0),
                cancellationToken,
                ("first", first),
                ("end", first + tile.Width))
            : await session.QueryAsync(
                "SELECT hash FROM log_node WHERE level = @level AND node_index >= @first AND node_index < @end ORDER BY node_index",
                static row => row.GetFieldValue<byte[]>(0),
                cancellationToken,
                ("level", (long)tile.Level),
                ("first", first),
                ("end", first + tile.Width));
        return hashes.SelectMany(static hash => hash).ToArray();
    }

    /// <summary>The leaf entries of a bundle; fewer than its width where the log is not as long.</summary>
    public async Task<List<ReadOnlyMemory<byte>>> ReadEntriesAsync(long index, int width, CancellationToken cancellationToken)
    {
        var first = index * TileAddress.FullWidth;
        return [.. (await ReadLeavesAsync(first, first + width, cancellationToken)).Select(static leaf => (ReadOnlyMemory<byte>)leaf.ToArray())];
    }

    /// <summary>The leaves from one place to before another; fewer where the log is not as long.</summary>
    public Task<List<LeafEntry>> ReadLeavesAsync(long first, long end, CancellationToken cancellationToken) => session.QueryAsync(
        "SELECT leaf_index, leaf_time, commitment FROM log_entry WHERE leaf_index >= @first AND leaf_index < @end ORDER BY leaf_index",
        static row => new LeafEntry { Seq = row.GetInt64(0), Time = row.Time(1), Commitment = new Digest(row.GetFieldValue<byte[]>(2)) },
        cancellationToken,
        ("first", first),
        ("end", end));
}
