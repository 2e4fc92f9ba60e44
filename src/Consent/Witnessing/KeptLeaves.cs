// Leaves of a followed log as they were when they were seen first.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Witnessing;

/// <summary>Keeps leaf hashes, so that it can be told which entries were changed. They are kept only once they were found to lead to a signed checkpoint.</summary>
internal sealed class KeptLeaves(Database database)
{
    /// <summary>The right edge of what is kept; null before anything is.</summary>
    public async Task<CompactRange?> FindEdgeAsync(string origin, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return (await session.QueryAsync("SELECT edge FROM watched_edge WHERE origin = @origin", static row => CompactRange.FromArray(row.GetFieldValue<byte[]>(0)), cancellation, ("origin", origin))).SingleOrDefault();
    }

    /// <summary>The places of the rows that are kept.</summary>
    public async Task<List<long>> TilesAsync(string origin, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await session.QueryAsync("SELECT tile FROM watched_leaves WHERE origin = @origin ORDER BY tile", static row => row.GetInt64(0), cancellation, ("origin", origin));
    }

    /// <summary>The leaf hashes of a row; empty where none are kept.</summary>
    public async Task<IReadOnlyList<Digest>> FindAsync(string origin, long tile, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var rows = await session.QueryAsync(
            "SELECT hashes FROM watched_leaves WHERE origin = @origin AND tile = @tile", static row => row.GetFieldValue<byte[]>(0), cancellation, ("origin", origin), ("tile", tile));
        return [.. rows.SelectMany(static bytes => bytes.Chunk(Digest.Length)).Select(static hash => new Digest(hash))];
    }

    /// <summary>Keeps rows and the edge behind them; false where another replica was quicker.</summary>
    public async Task<bool> TryKeepAsync(string origin, CompactRange? before, CompactRange after, IReadOnlyDictionary<long, List<Digest>> rows, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var changed = before is null
            ? await session.ExecuteAsync("INSERT INTO watched_edge (origin, size, edge) VALUES (@origin, @size, @edge) ON CONFLICT (origin) DO NOTHING", cancellation, ("origin", origin), ("size", after.Size), ("edge", after.ToArray()))
            : await session.ExecuteAsync(
                "UPDATE watched_edge SET size = @size, edge = @edge WHERE origin = @origin AND size = @old", cancellation, ("origin", origin), ("size", after.Size), ("edge", after.ToArray()), ("old", before.Size));
        if (changed == 0)
        {
            return false;
        }

        foreach (var (tile, hashes) in rows)
        {
            await session.ExecuteAsync(
                "INSERT INTO watched_leaves (origin, tile, hashes) VALUES (@origin, @tile, @hashes) ON CONFLICT (origin, tile) DO UPDATE SET hashes = @hashes",
                cancellation,
                ("origin", origin),
                ("tile", tile),
                ("hashes", TileHashes.Write(hashes)));
        }

        await session.CommitAsync(cancellation);
        return true;
    }
}
