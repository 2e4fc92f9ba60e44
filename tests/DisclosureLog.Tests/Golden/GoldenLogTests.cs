// A log that was written once and must stay readable for as long as logs are kept.
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Receipts;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Tests.DisclosureLog;

public sealed class GoldenLogTests
{
    private const string Between = "\n====\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheFrozenLogIsWrittenTodayByteForByteAsItWas()
    {
        using var signer = NoteSigner.Parse((await File.ReadAllTextAsync(PathOf("test-only-signing-key.txt"), Cancel)).Trim());
        var log = GoldenLog.Make(signer);
        var leaves = log.Leaves.Select(static leaf => (ReadOnlyMemory<byte>)leaf.ToArray()).ToArray();

        await AssertFrozenAsync("bundle.ndjson", await log.ExportAsync(Cancel));
        await AssertFrozenAsync("checkpoints.txt", Text(string.Join(Between, log.Checkpoints)));
        await AssertFrozenAsync("receipts.txt", Text(string.Join('\n', log.Leaves.Select(leaf => Receipt.Sign(signer, leaf, $"entry-{leaf.Seq}")))));
        await AssertFrozenAsync("entries.bin", EntryBundle.Write(leaves));
        await AssertFrozenAsync("tile.bin", TileHashes.Write([.. log.Leaves.Select(static leaf => leaf.Hash())]));
        Assert.Equal(GoldenLog.Key, signer.Verifier.ToString());
    }

    [Fact]
    public async Task TheFrozenLogIsIntactToday()
    {
        await using var bundle = File.OpenRead(PathOf("bundle.ndjson"));

        var outcome = Assert.IsType<BundleOutcome.Intact>(await LogVerifier.VerifyAsync(bundle, NoteVerifier.Parse(GoldenLog.Key), Cancel));

        Assert.Equal((GoldenLog.Size, 1), (outcome.Size, outcome.Erased));
    }

    [Fact]
    public async Task EveryRecordOfTheFrozenLogIsReadToday()
    {
        var records = 0;
        foreach (var line in await File.ReadAllLinesAsync(PathOf("bundle.ndjson"), Cancel))
        {
            using var json = System.Text.Json.JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("record", out var record))
            {
                Assert.EndsWith($"{records + (records >= GoldenLog.Erased ? 1 : 0):00}", CanonicalForm.Read(Text(record.GetRawText())).Id, StringComparison.Ordinal);
                records++;
            }
        }

        Assert.Equal(GoldenLog.Size - 1, records);
    }

    [Fact]
    public async Task FrozenCheckpointsReceiptsAndTilesFitTogetherToday()
    {
        var key = NoteVerifier.Parse(GoldenLog.Key);
        var tile = await File.ReadAllBytesAsync(PathOf("tile.bin"), Cancel);
        var notes = (await File.ReadAllTextAsync(PathOf("checkpoints.txt"), Cancel)).Split(Between);
        var receipts = await File.ReadAllLinesAsync(PathOf("receipts.txt"), Cancel);
        Assert.Equal((GoldenLog.Size, GoldenLog.Size), (notes.Length, receipts.Length));
        for (var i = 0; i < GoldenLog.Size; i++)
        {
            var size = i + 1;
            var hashes = new TileHashes(size, (address, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(tile.AsMemory(0, address.Width * Digest.Length)));
            Assert.True(Checkpoint.TryOpen(notes[i], key, out var checkpoint));
            Assert.Equal(size, checkpoint.Size);
            for (var index = 0; index < size; index++)
            {
                var proof = await InclusionProof.MakeAsync(index, size, hashes.ReadAsync, Cancel);
                Assert.True(Receipt.TryParse(receipts[index], out var receipt));
                Assert.True(receipt.IsSignedBy(key));
                Assert.True(receipt.IsIncluded(proof, checkpoint));
            }
        }
    }

    private static async Task AssertFrozenAsync(string file, byte[] content)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllBytesAsync(PathOf(file), content, Cancel);
        }

        Assert.Equal(await File.ReadAllBytesAsync(PathOf(file), Cancel), content);
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    internal static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, "tests", "DisclosureLog.Tests", "Golden", file);
    }
}
