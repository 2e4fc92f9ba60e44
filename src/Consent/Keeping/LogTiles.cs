// The Merkle tree in tiles, put together from rows.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Tiles;

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
        var logged = await session.QueryAsync(
            $"SELECT {LogTable.Columns} FROM log_entry WHERE leaf_index >= @first AND leaf_index < @end ORDER BY leaf_index",
            LogTable.Read,
            cancellationToken,
            ("first", first),
            ("end", first + width));
        return [.. logged.Select(static one => (ReadOnlyMemory<byte>)one.Leaf.ToArray())];
    }
}
