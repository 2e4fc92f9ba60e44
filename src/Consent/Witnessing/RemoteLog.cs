// Another installation's log as it serves it.
using System.Net;
using System.Text;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Witnessing;

/// <summary>Reads checkpoint, tiles and entries of a log below its address (C2SP tlog-tiles).</summary>
/// <remarks>A missing or misshapen file is a <see cref="FormatException"/>, a log that does not answer an <see cref="HttpRequestException"/>.</remarks>
internal sealed class RemoteLog(HttpClient http, Uri address)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string HttpName = "watched-log";

    /// <summary>The largest file: 256 entries with their lengths.</summary>
    public const int LargestFile = TileAddress.FullWidth * (sizeof(ushort) + ushort.MaxValue);

    /// <summary>The signed checkpoint as served.</summary>
    public async Task<string> ReadCheckpointAsync(CancellationToken cancellation) =>
        Encoding.UTF8.GetString(await FindAsync("checkpoint", cancellation) ?? throw new FormatException("The log serves no checkpoint."));

    /// <summary>A tile; where a partial one was tidied away, cut from the full one. A <see cref="TileSource"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadTileAsync(TileAddress tile, CancellationToken cancellationToken) =>
        await FindTileAsync(tile, cancellationToken) ?? throw new FormatException($"The log does not serve {tile.Path}.");

    /// <summary>A tile; null where the log does not have it.</summary>
    public async Task<ReadOnlyMemory<byte>?> FindTileAsync(TileAddress tile, CancellationToken cancellation)
    {
        if (await FindAsync(tile.Path, cancellation) is { } exact)
        {
            return exact;
        }

        var length = tile.Width * Digest.Length;
        return !tile.IsFull && await FindAsync((tile with { Width = TileAddress.FullWidth }).Path, cancellation) is { } full && full.Length >= length
            ? full.AsMemory(0, length)
            : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>Leaf hashes made from the entries themselves; null where the log does not have them.</summary>
    public async Task<List<Digest>?> FindLeavesAsync(long tile, int width, CancellationToken cancellation)
    {
        var bundle = await FindAsync(EntryBundle.PathOf(tile, width), cancellation) ?? await FindAsync(EntryBundle.PathOf(tile, TileAddress.FullWidth), cancellation);
        return bundle is null ? null
            : EntryBundle.TryRead(bundle, out var entries) && entries.Count >= width ? [.. entries.Take(width).Select(static entry => MerkleHash.OfLeaf(entry.Span))]
            : throw new FormatException($"{EntryBundle.PathOf(tile, width)} is malformed.");
    }

    private async Task<byte[]?> FindAsync(string path, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(new Uri(address, path), cancellation);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(cancellation);
    }
}
