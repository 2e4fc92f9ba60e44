// Entries that belong together: all in the log or none.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Keeping;

public sealed class TogetherTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EntriesThatBelongTogetherStandInTheLogOneAfterTheOther(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var items = await IntentsAsync(room, 3);

        var results = await room.AppendAsync(items);
        var again = await room.AppendAsync(items);

        Assert.All(results, static result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal([results[0].Index, results[0].Index + 1, results[0].Index + 2], results.Select(static result => result.Index));
        Assert.Equal(results.Select(static result => result.Receipt), again.Select(static result => result.Receipt));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneEntryThatCannotBeWrittenKeepsAllOfItsOwnOutAndNoOthers(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var items = await IntentsAsync(room, 3);
        items[2] = items[2] with { Expect = items[2].Expect! with { HoldsUntil = room.Clock.GetUtcNow().AddMinutes(-1) } };
        var alone = (await IntentsAsync(room, 1))[0] with { Together = null };
        var before = await room.LogSizeAsync();

        var results = await room.AppendAsync([.. items, alone]);

        Assert.Equal([AppendStatus.Expired, AppendStatus.Expired, AppendStatus.Expired, AppendStatus.Committed], results.Select(static result => result.Status));
        Assert.Equal(before + 1, await room.LogSizeAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AWithdrawalBetweenDecisionAndRecordKeepsAllOfThemOut(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var given = await room.GiveAsync(Some.Aino, Some.Consent());
        var items = await IntentsAsync(room, 2);
        using var withdrawn = await room.Client(Some.Aino).PostAsync($"/me/consents/{given.Consent.Consent.Id}/withdraw", null);
        var before = await room.LogSizeAsync();

        var results = await room.AppendAsync(items);

        Assert.Equal([AppendStatus.Stale, AppendStatus.Stale], results.Select(static result => result.Status));
        Assert.Equal(before, await room.LogSizeAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneIdTwiceAmongThemIsRefused(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var items = await IntentsAsync(room, 2);
        items[1] = items[1] with { Entry = items[1].Entry with { Id = items[0].Entry.Id } };

        var results = await room.AppendAsync(items);

        Assert.Equal([AppendStatus.Clash, AppendStatus.Clash], results.Select(static result => result.Status));
    }

    private static async Task<AppendItem[]> IntentsAsync(OpenRoom room, int count)
    {
        var state = (await room.StateAsync(Some.Aino)).State;
        var mark = Some.Id();
        return [.. Enumerable.Range(0, count).Select(_ => new AppendItem
        {
            Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()) with { Kind = LogEntryKind.WriteIntent, Outcome = "sending" },
            Expect = Some.Expect(state),
            Together = mark,
            ClientIdentifier = Some.Aino,
        })];
    }
}
