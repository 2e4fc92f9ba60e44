// The log as outsiders may read it: C2SP tiles under the signed checkpoint.
using System.Net;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Review;

public sealed class TileTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheTilesAndBundlesOfAGrowingLogLeadToItsCheckpoint(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        await room.AppendAsync([.. Enumerable.Range(0, 600).Select(_ => new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) })]);

        Assert.True(Checkpoint.TryOpen(await room.Gateway.GetStringAsync("/log/checkpoint"), room.LogKey, out var checkpoint));
        var tiles = new TileHashes(checkpoint.Size, async (tile, cancellation) => await room.Gateway.GetByteArrayAsync("/log/" + tile.Path, cancellation));
        var fromTiles = await CompactRange.FromAsync(checkpoint.Size, tiles.ReadAsync, CancellationToken.None);
        var fromEntries = new CompactRange();
        for (var index = 0L; TileAddress.In(checkpoint.Size, 0, index) is { } tile; index++)
        {
            Assert.True(EntryBundle.TryRead(await room.Gateway.GetByteArrayAsync("/log/" + EntryBundle.PathOf(index, tile.Width)), out var entries));
            foreach (var entry in entries)
            {
                Assert.True(LeafEntry.TryRead(entry.Span, out var leaf));
                fromEntries.Append(leaf.Hash());
            }
        }

        Assert.True(checkpoint.Size > 600);
        Assert.Equal((checkpoint.Root, checkpoint.Root), (fromTiles.Root(), fromEntries.Root()));
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/000.p/255")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/../../states")]
    [InlineData("tile/x")]
    public async Task WhatIsNotThereIsNotThere(string path)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        using var answer = await room.Gateway.GetAsync("/log/" + path);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{answer.StatusCode}");
    }
}
