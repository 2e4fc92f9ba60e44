// Tiles: their names, their widths, and proofs made out of nothing else.
using CsCheck;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Tests.DisclosureLog;

public sealed class TileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 0, 1, "tile/0/000.p/1")]
    [InlineData(1, 999, 255, "tile/1/999.p/255")]
    [InlineData(2, 1000, 256, "tile/2/x001/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    public void ATileHasTheNameThatTheSpecificationGives(int level, long index, int width, string path)
    {
        var tile = new TileAddress(level, index, width);

        Assert.Equal(path, tile.Path);
        Assert.True(TileAddress.TryParse(path, out var parsed));
        Assert.Equal(tile, parsed);
    }

    [Fact]
    public void AnyNameOfATileOrBundleIsReadBack() =>
        Gen.Select(Gen.Int[0, 63], Gen.Long[0, long.MaxValue / 2000], Gen.Int[1, 256]).Sample(static (level, index, width) =>
        {
            Assert.True(TileAddress.TryParse(new TileAddress(level, index, width).Path, out var tile));
            Assert.Equal(new TileAddress(level, index, width), tile);
            Assert.True(EntryBundle.TryParsePath(EntryBundle.PathOf(index, width), out var bundle, out var entries));
            Assert.Equal((index, width), (bundle, entries));
        });

    [Theory]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/0/")]
    [InlineData("tile/0")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("")]
    [InlineData(null)]
    public void ANameInAnyOtherFormIsRefused(string? path) => Assert.False(TileAddress.TryParse(path, out _));

    [Fact]
    public void ALogOfSeventyThousandHasTheTilesThatTheSpecificationLists()
    {
        var tiles = TileAddress.Grown(0, 70_000).ToArray();

        Assert.Equal(273, tiles.Count(static tile => tile is { Level: 0, IsFull: true }));
        Assert.Equal(
            ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"],
            tiles.Where(static tile => tile.Level > 0 || !tile.IsFull).Select(static tile => tile.Path));
        Assert.Equal(["tile/0/000", "tile/1/000.p/1"], TileAddress.Grown(0, 256).Select(static tile => tile.Path));
        Assert.Empty(TileAddress.Grown(0, 0));
        Assert.Empty(TileAddress.Grown(70_000, 70_000));
        Assert.Equal(["tile/0/273.p/113"], TileAddress.Grown(70_000, 70_001).Select(static tile => tile.Path));
        Assert.Null(TileAddress.In(256, 0, 1));
        Assert.Equal(112, TileAddress.In(70_000, 0, 273)?.Width);
    }

    [Fact]
    public async Task ALogWrittenAsTilesStepByStepGivesEveryProofFromTilesAlone()
    {
        const int Size = 66_000;
        var range = new CompactRange();
        var levels = new SortedDictionary<int, List<Digest>>();
        var roots = new Dictionary<long, Digest>();
        var written = new Dictionary<string, byte[]>();
        foreach (var step in new[] { 1, 254, 1, 1, 255, 300, 64_724, 464 })
        {
            var before = range.Size;
            for (var i = 0; i < step; i++)
            {
                range.Append(Leaf(range.Size), (node, hash) => Keep(levels, node, hash));
            }

            roots[range.Size] = range.Root();
            foreach (var tile in TileAddress.Grown(before, range.Size))
            {
                written[tile.Path] = TileHashes.Write(levels[tile.Level].GetRange((int)tile.Index * 256, tile.Width));
            }
        }

        Assert.Equal(Size, range.Size);
        foreach (var (size, root) in roots)
        {
            var hashes = new TileHashes(size, (tile, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(written[tile.Path]));
            foreach (var index in new[] { 0, size / 2, size - 1 })
            {
                Assert.True((await InclusionProof.MakeAsync(index, size, hashes.ReadAsync, Cancel)).Verify(Leaf(index), root));
            }

            foreach (var (older, olderRoot) in roots.Where(older => older.Key <= size))
            {
                Assert.True((await ConsistencyProof.MakeAsync(older, size, hashes.ReadAsync, Cancel)).Verify(olderRoot, root));
            }
        }
    }

    [Fact]
    public async Task ProofsFromKeptTilesAreTheSameAlsoWhenTheCacheForgets()
    {
        const int Size = 66_000;
        var (range, levels, read) = (new CompactRange(), new SortedDictionary<int, List<Digest>>(), 0);
        for (var i = 0; i < Size; i++)
        {
            range.Append(Leaf(i), (node, hash) => Keep(levels, node, hash));
        }

        ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileAddress tile, CancellationToken cancellation)
        {
            read++;
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(TileHashes.Write(levels[tile.Level].GetRange((int)tile.Index * 256, tile.Width)));
        }

        var (small, large) = (new TileCache(2), new TileCache());
        foreach (var index in new[] { 0, 1, 255, 256, 511, 40_000, 65_535, 65_536, 65_999, 1 })
        {
            var plain = await InclusionProof.MakeAsync(index, Size, new TileHashes(Size, ReadAsync).ReadAsync, Cancel);
            foreach (var cache in new[] { small, large, large })
            {
                Assert.Equal(plain.Path, (await InclusionProof.MakeAsync(index, Size, new TileHashes(Size, ReadAsync, cache).ReadAsync, Cancel)).Path);
            }
        }

        read = 0;
        await InclusionProof.MakeAsync(40_001, Size, new TileHashes(Size, ReadAsync, large).ReadAsync, Cancel);
        Assert.Equal(2, read); // only the last tiles of their levels, which are not full
    }

    [Fact]
    public async Task ATileOfAnotherLengthIsRefused()
    {
        var hashes = new TileHashes(3, (_, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[64]));

        await Assert.ThrowsAsync<FormatException>(async () => await hashes.ReadAsync(new NodeAddress(0, 0), Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hashes.ReadAsync(new NodeAddress(1, 1), Cancel));
    }

    [Fact]
    public void ABundleOfEntriesThatWasCutOrIsTooLongIsRefused()
    {
        var bundle = EntryBundle.Write([new byte[300], Array.Empty<byte>(), new byte[5]]);

        Assert.True(EntryBundle.TryRead(bundle, out var entries));
        Assert.Equal([300, 0, 5], entries.Select(static entry => entry.Length));
        Assert.False(EntryBundle.TryRead(bundle.AsMemory(..^1), out _));
        Assert.False(EntryBundle.TryRead(new byte[1], out _));
        Assert.Throws<FormatException>(() => EntryBundle.Write([new byte[65_536]]));
    }

    private static Digest Leaf(long index) => MerkleHash.OfLeaf(BitConverter.GetBytes(index));

    private static void Keep(SortedDictionary<int, List<Digest>> levels, NodeAddress node, Digest hash)
    {
        if (node.Level % TileAddress.Height == 0)
        {
            var level = node.Level / TileAddress.Height;
            (levels.TryGetValue(level, out var hashes) ? hashes : levels[level] = []).Add(hash);
        }
    }
}
