// Takes in the leaves of a followed log, and looks at those taken in before.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Consent.Witnessing;

/// <summary>Reads new entries once, and one row of old ones at each look, round and round: an entry that is changed in place under an unchanged checkpoint is found, too.</summary>
internal sealed class LeafKeeper(KeptLeaves kept)
{
    /// <summary>More rows than this are not taken in at one look; then what lies between is not kept.</summary>
    private const int MostRows = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> rounds = new(StringComparer.Ordinal);

    /// <summary>Takes in what is new up to a checkpoint; false where the entries do not lead to it.</summary>
    public async Task<bool> CatchUpAsync(RemoteLog remote, Checkpoint head, CancellationToken cancellation)
    {
        var before = await kept.FindEdgeAsync(head.Origin, cancellation);
        var range = before?.Copy() ?? new CompactRange();
        if (range.Size >= head.Size)
        {
            return true;
        }

        var rows = new Dictionary<long, List<Digest>>();
        if ((head.Size - range.Size) / TileAddress.FullWidth >= MostRows)
        {
            range = await CompactRange.FromAsync(head.Size, new TileHashes(head.Size, remote.ReadTileAsync).ReadAsync, cancellation);
        }
        else
        {
            await ReadRowsAsync(remote, head, range, rows, cancellation);
        }

        if (range.Root() != head.Root)
        {
            return false;
        }

        await kept.TryKeepAsync(head.Origin, before, range, rows, cancellation);
        return true;
    }

    /// <summary>Compares the next row of kept leaves with the entries that the log serves now; null where they are the same.</summary>
    public async Task<LeafDifference?> PatrolAsync(RemoteLog remote, string origin, CancellationToken cancellation)
    {
        var tiles = await kept.TilesAsync(origin, cancellation);
        if (tiles.Count == 0)
        {
            return null;
        }

        var tile = tiles[Next(origin) % tiles.Count];
        var seen = await kept.FindAsync(origin, tile, cancellation);
        var shown = await remote.FindLeavesAsync(tile, seen.Count, cancellation) ?? [];
        return LeafDifference.Find(tile * TileAddress.FullWidth, seen, shown);
    }

    /// <summary>Where the log as it is served now differs from the kept leaves; null where it cannot be told.</summary>
    public async Task<LeafDifference?> CompareAsync(RemoteLog remote, Checkpoint shown, CancellationToken cancellation)
    {
        var (seen, now, first) = (new List<Digest>(), new List<Digest>(), -1L);
        foreach (var tile in (await kept.TilesAsync(shown.Origin, cancellation)).TakeLast(MostRows))
        {
            var hashes = await kept.FindAsync(shown.Origin, tile, cancellation);
            var width = (int)Math.Min(hashes.Count, shown.Size - (tile * TileAddress.FullWidth));
            if (width <= 0 || (first >= 0 && first + seen.Count != tile * TileAddress.FullWidth))
            {
                break; // nothing to compare with, or a gap in what is kept
            }

            first = first < 0 ? tile * TileAddress.FullWidth : first;
            var bytes = await remote.ReadTileAsync(new TileAddress(0, tile, width), cancellation);
            seen.AddRange(hashes.Take(width));
            now.AddRange(bytes.ToArray().Chunk(Digest.Length).Select(static hash => new Digest(hash)));
        }

        return first < 0 ? null : LeafDifference.Find(first, seen, now);
    }

    /// <summary>All kept leaves, where they are kept from the first one up to this size; else null.</summary>
    public async Task<List<Digest>?> ReadAllAsync(string origin, long size, CancellationToken cancellation)
    {
        var leaves = new List<Digest>();
        for (var tile = 0L; leaves.Count < size && tile < MostRows; tile++)
        {
            var hashes = await kept.FindAsync(origin, tile, cancellation);
            if (hashes.Count == 0)
            {
                return null;
            }

            leaves.AddRange(hashes);
        }

        return leaves.Count >= size ? leaves[..(int)size] : null;
    }

    private async Task ReadRowsAsync(RemoteLog remote, Checkpoint head, CompactRange range, Dictionary<long, List<Digest>> rows, CancellationToken cancellation)
    {
        for (var tile = range.Size / TileAddress.FullWidth; TileAddress.In(head.Size, 0, tile) is { } address; tile++)
        {
            var leaves = await remote.FindLeavesAsync(tile, address.Width, cancellation) ?? throw new FormatException($"The log does not serve {EntryBundle.PathOf(tile, address.Width)}.");
            var fresh = (int)(range.Size - (tile * TileAddress.FullWidth));
            foreach (var leaf in leaves[fresh..])
            {
                range.Append(leaf);
            }

            var before = await kept.FindAsync(head.Origin, tile, cancellation);
            if (before.Count == fresh) // else its beginning was not taken in
            {
                rows[tile] = [.. before, .. leaves[fresh..]];
            }
        }
    }

    private int Next(string origin)
    {
        lock (gate)
        {
            rounds[origin] = (rounds.GetValueOrDefault(origin) + 1) & int.MaxValue;
            return rounds[origin];
        }
    }
}
