// Checkpoints: a whole log that others made, and strict reading.
using System.Text;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.Tests.Testing;

namespace Sisote.Tests.DisclosureLog;

public sealed class CheckpointTests
{
    private const string OutsideKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCheckpointTileAndEntryOfAnOutsideLogFitsTogether()
    {
        var folder = SharedData.Require("tlog-merkle", "tessera-log", "log");
        var files = Directory.GetFiles(folder, "checkpoint.*");
        var checkpoints = new SortedDictionary<long, Checkpoint>();
        foreach (var file in files)
        {
            Assert.True(Checkpoint.TryOpen(File.ReadAllText(file), NoteVerifier.Parse(OutsideKey), out var checkpoint), file);
            Assert.Equal(Path.GetExtension(file), $".{checkpoint.Size}");
            checkpoints.Add(checkpoint.Size, checkpoint);
        }

        Assert.True(checkpoints.Count >= 8, $"Only {checkpoints.Count} checkpoints.");
        Assert.Equal(MerkleHash.Empty, checkpoints[0].Root);
        foreach (var checkpoint in checkpoints.Values.Where(static checkpoint => checkpoint.Size > 0))
        {
            var hashes = await AssertTilesAsync(folder, checkpoint);
            await AssertGrowthAsync(checkpoints.Values.Where(older => older.Size > 0 && older.Size <= checkpoint.Size), checkpoint, hashes);
        }
    }

    [Fact]
    public void ACheckpointSignedHereOpensWithItsKeyAlone()
    {
        using var log = NoteSigner.Generate("sisote.example/log");
        using var other = NoteSigner.Generate("sisote.example/log");
        var checkpoint = new Checkpoint { Origin = "sisote.example/log", Size = 3, Root = Digest.Parse(Root) };
        var note = checkpoint.Sign(log).ToString();

        Assert.True(Checkpoint.TryOpen(note, log.Verifier, out var opened));
        Assert.Equal(checkpoint.Text, opened.Text);
        Assert.False(Checkpoint.TryOpen(note, other.Verifier, out _));
        Assert.False(Checkpoint.TryOpen(note.Replace("\n3\n", "\n4\n"), log.Verifier, out _));
        Assert.False(Checkpoint.TryOpen(log.Sign("sisote.example/other\n3\n" + Root + "\n").ToString(), log.Verifier, out _));
        Assert.Throws<InvalidOperationException>(() => (checkpoint with { Origin = "sisote.example/other" }).Sign(log));
    }

    [Theory]
    [InlineData("o\n0\n" + Root + "\n", true)]
    [InlineData("o\n20852163\n" + Root + "\n", true)]
    [InlineData("o\n1\n" + Root + "\nextension\n", true)]
    [InlineData("\n1\n" + Root + "\n", false)]
    [InlineData("o\n01\n" + Root + "\n", false)]
    [InlineData("o\n+1\n" + Root + "\n", false)]
    [InlineData("o\n-1\n" + Root + "\n", false)]
    [InlineData("o\n 1\n" + Root + "\n", false)]
    [InlineData("o\n9223372036854775808\n" + Root + "\n", false)]
    [InlineData("o\n1\n" + Root, false)]
    [InlineData("o\n1\n" + Root + "\n\n", false)]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", false)]
    [InlineData("o\n1\nCsUY\n", false)]
    [InlineData("o\n1\n", false)]
    [InlineData("", false)]
    public void OnlyTheOneFormOfACheckpointIsRead(string text, bool valid)
    {
        Assert.Equal(valid, Checkpoint.TryParse(text, out var checkpoint));
        Assert.Equal(valid ? text : null, checkpoint?.Text);
    }

    private static async Task<TileHashes> AssertTilesAsync(string folder, Checkpoint checkpoint)
    {
        var bundle = await File.ReadAllBytesAsync(Path.Combine(folder, EntryBundle.PathOf(0, (int)checkpoint.Size)), Cancel);
        Assert.True(EntryBundle.TryRead(bundle, out var entries));
        var tree = new KeptTree(entries.Select(static entry => entry.ToArray()));
        var hashes = new TileHashes(checkpoint.Size, async (tile, token) => await File.ReadAllBytesAsync(Path.Combine(folder, tile.Path), token));

        Assert.Equal(checkpoint.Size, entries.Count);
        Assert.Equal("one", Encoding.ASCII.GetString(entries[0].Span));
        Assert.Equal(bundle, EntryBundle.Write([.. entries]));
        Assert.Equal(checkpoint.Root, tree.Root);
        Assert.Equal(checkpoint.Root, (await CompactRange.FromAsync(checkpoint.Size, hashes.ReadAsync, Cancel)).Root());
        for (var index = 0; index < entries.Count; index++)
        {
            var proof = await InclusionProof.MakeAsync(index, checkpoint.Size, hashes.ReadAsync, Cancel);
            Assert.True(proof.Verify(MerkleHash.OfLeaf(entries[index].Span), checkpoint.Root));
        }

        return hashes;
    }

    private static async Task AssertGrowthAsync(IEnumerable<Checkpoint> olderOnes, Checkpoint newer, TileHashes hashes)
    {
        foreach (var older in olderOnes)
        {
            var proof = await ConsistencyProof.MakeAsync(older.Size, newer.Size, hashes.ReadAsync, Cancel);
            Assert.True(proof.Verify(older.Root, newer.Root));
        }
    }
}
