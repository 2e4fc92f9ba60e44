// A log whose keeper has its key and serves whatever he likes.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;
using Sisote.Policy.Deployments;

namespace Sisote.Tests.Consent.Witnessing;

/// <summary>Serves C2SP tiles over leaves that can be changed at will.</summary>
internal sealed class FalseLog : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;

    private FalseLog(WebApplication app) => this.app = app;

    public NoteSigner Signer { get; } = NoteSigner.Generate("false.example/log");

    /// <summary>The leaves as served now.</summary>
    public List<byte[]> Leaves { get; set; } = [];

    /// <summary>An entry that bundles show otherwise than the tree has it.</summary>
    public (int Place, byte[] Leaf)? Edited { get; set; }

    /// <summary>The checkpoint as served now, where it is not the one of all leaves.</summary>
    public Note? Shown { get; set; }

    public LogPeerEntry AsLog => new() { Key = Signer.Verifier.ToString(), Address = new Uri(app.Urls.First() + "/log/") };

    public static async Task<FalseLog> OpenAsync(int size)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var log = new FalseLog(app) { Leaves = [.. Enumerable.Range(0, size).Select(Leaf)] };
        app.Run(log.ServeAsync);
        await app.StartAsync();
        return log;
    }

    public static byte[] Leaf(int number) => new LeafEntry { Seq = number, Time = Start.AddSeconds(number), Commitment = Commitment.Of(new byte[32], BitConverter.GetBytes(number)) }.ToArray();

    public void Grow(int count) => Leaves.AddRange(Enumerable.Range(Leaves.Count, count).Select(Leaf));

    public Note Sign(int size) => At(size).Sign(Signer);

    public Checkpoint At(int size) => new() { Origin = Signer.Verifier.Name, Size = size, Root = Tree(size).Range.Root() };

    public async Task<AddCheckpoint> RequestAsync(int oldSize, int size)
    {
        var nodes = Tree(size).Nodes;
        return new AddCheckpoint
        {
            OldSize = oldSize,
            Path = oldSize == 0 ? [] : (await ConsistencyProof.MakeAsync(oldSize, size, (node, _) => ValueTask.FromResult(nodes[node]), CancellationToken.None)).Path,
            Note = Sign(size),
            Checkpoint = At(size),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Signer.Dispose();
    }

    private (CompactRange Range, Dictionary<NodeAddress, Digest> Nodes) Tree(int size)
    {
        var (range, nodes) = (new CompactRange(), new Dictionary<NodeAddress, Digest>());
        foreach (var leaf in Leaves.Take(size))
        {
            range.Append(MerkleHash.OfLeaf(leaf), nodes.Add);
        }

        return (range, nodes);
    }

    private Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/log/".Length..];
        var file = path == "checkpoint" ? System.Text.Encoding.UTF8.GetBytes((Shown ?? Sign(Leaves.Count)).ToString())
            : EntryBundle.TryParsePath(path, out var index, out var width) ? Bundle(index, width)
            : TileAddress.TryParse(path, out var tile) ? Tile(tile)
            : null;
        context.Response.StatusCode = file is null ? 404 : 200;
        return file is null ? Task.CompletedTask : context.Response.Body.WriteAsync(file).AsTask();
    }

    private byte[]? Bundle(long index, int width)
    {
        var first = (int)index * TileAddress.FullWidth;
        return first + width > Leaves.Count ? null : EntryBundle.Write([.. Enumerable.Range(first, width).Select(place => (ReadOnlyMemory<byte>)(Edited?.Place == place ? Edited.Value.Leaf : Leaves[place]))]);
    }

    private byte[]? Tile(TileAddress tile)
    {
        var nodes = Tree(Leaves.Count).Nodes;
        var hashes = Enumerable.Range(0, tile.Width).Select(place => nodes.TryGetValue(new NodeAddress(tile.Level * TileAddress.Height, (tile.Index * TileAddress.FullWidth) + place), out var hash) ? hash : (Digest?)null).ToArray();
        return hashes.Contains(null) ? null : TileHashes.Write([.. hashes.Select(static hash => hash!.Value)]);
    }
}
