// The gateway's door to the log: what commits, what is stale, what is refused.
using System.Net;
using System.Net.Http.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Receipts;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Keeping;

public sealed class AppendTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADisclosureOnTheCurrentStateIsCommittedWithAReceipt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;

        var result = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        Assert.Equal(AppendStatus.Committed, result.Status);
        Assert.True(Receipt.TryParse(result.Receipt, out var receipt));
        Assert.Equal(result.Index, receipt.Index);
        Assert.True(receipt.IsSignedBy(room.LogKey));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WithdrawnConsentMakesTheOldRevisionStale(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var given = await room.GiveAsync(Some.Aino, Some.Consent());
        var before = (await room.StateAsync(Some.Aino)).State;

        using var withdrawn = await room.Client(Some.Aino).PostAsync($"/me/consents/{given.Consent.Consent.Id}/withdraw", null);
        var result = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(before.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(before) });

        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.Equal(AppendStatus.Stale, result.Status);
        Assert.Null(result.Index);
        Assert.Equal(ConsentStatus.Withdrawn, (await room.StateAsync(Some.Aino)).State.Consents.Single().Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEndedAgreementMakesTheOldRevisionStale(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var before = (await room.StateAsync(Some.Aino)).State;

        using var ended = await room.Operator.PostAsync("/agreements/kuopio-on-behalf/end", null);
        var result = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(before.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(before) });

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(AppendStatus.Stale, result.Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADecisionOfAnotherCatalogueIsStale(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;

        var result = await room.AppendAsync(new AppendItem
        {
            Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()),
            Expect = Some.Expect(state) with { Catalogue = CatalogueVersion.Parse(new string('b', 64)) },
        });

        Assert.Equal(AppendStatus.Stale, result.Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADecisionWhoseTimeHasPassedIsExpired(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var holdsUntil = room.Clock.GetUtcNow().AddMinutes(1);
        var item = new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state, holdsUntil) };

        room.Clock.Advance(TimeSpan.FromMinutes(2));
        var late = await room.AppendAsync(item);

        Assert.Equal(AppendStatus.Expired, late.Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WritingTwiceWithTheSameIdWritesOnceAndGivesTheSameReceipt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var item = new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) };

        var first = await room.AppendAsync(item);
        await room.GiveAsync(Some.Aino, Some.Consent());
        var second = await room.AppendAsync(item);

        Assert.Equal(AppendStatus.Committed, first.Status);
        Assert.Equal(first, second);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherEntryUnderATakenIdIsNeverCalledCommitted(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow());
        await room.AppendAsync(new AppendItem { Entry = entry, Expect = Some.Expect(state) });

        var result = await room.AppendAsync(new AppendItem { Entry = entry with { Outcome = "nothing-found" }, Expect = Some.Expect(state) });

        Assert.Equal((AppendStatus.Clash, (long?)null, (string?)null), (result.Status, result.Index, result.Receipt));
    }

    [Fact]
    public async Task NothingThatReleasesIsRecordedWithoutTheStateItRestsOn()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var client = (await room.StateAsync(Some.Aino)).State.Client;
        var released = Some.Disclosure(client, room.Clock.GetUtcNow());
        LogEntry[] entries =
        [
            released,
            released with { Kind = LogEntryKind.Use },
            released with { Kind = LogEntryKind.WriteIntent },
            released with { Kind = LogEntryKind.Refusal },
        ];

        foreach (var entry in entries)
        {
            var result = await room.AppendAsync(new AppendItem { Entry = entry });
            Assert.Equal((AppendStatus.Malformed, "expect"), (result.Status, result.Field));
        }
    }

    [Fact]
    public async Task TheGatewayCannotWriteWhatOnlyThisRoomMayTell()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;

        foreach (var kind in new[] { LogEntryKind.ConsentChange, LogEntryKind.RelationshipChange, LogEntryKind.AgreementChange, LogEntryKind.LogRead })
        {
            var result = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()) with { Kind = kind }, Expect = Some.Expect(state) });
            Assert.Equal((AppendStatus.Malformed, "entry.kind"), (result.Status, result.Field));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARefusalIsRecordedWithoutExpectations(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var client = (await room.StateAsync(Some.Onni)).State.Client;

        var result = await room.AppendAsync(new AppendItem { Entry = Some.Refusal(client, room.Clock.GetUtcNow()) });

        Assert.Equal(AppendStatus.Committed, result.Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADeliveredReferralBeginsARelationshipAndMakesOlderDecisionsStale(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var item = Some.Referral(state, room.Clock.GetUtcNow());

        var begun = await room.AppendAsync(item);
        var repeated = await room.AppendAsync(item);
        var after = await room.StateAsync(Some.Aino);
        var stale = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        Assert.Equal(begun, repeated);
        Assert.Equal(state.Revision + 1, after.State.Revision);
        Assert.Equal((item.Begins!.Id, RelationshipStatus.Requested), (after.State.Relationships.Single().Id, after.State.Relationships.Single().Status));
        Assert.Equal(AppendStatus.Stale, stale.Status);
    }

    [Fact]
    public async Task AnIdentifierOfAnotherPersonIsRefused()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;

        var result = await room.AppendAsync(new AppendItem
        {
            Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()),
            Expect = Some.Expect(state),
            ClientIdentifier = Some.Onni,
        });

        Assert.Equal((AppendStatus.Malformed, "clientIdentifier"), (result.Status, result.Field));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsWrongWithOneEntryKeepsNoOtherEntryOfTheSameCallOutOfTheLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var (aino, onni) = ((await room.StateAsync(Some.Aino)).State, (await room.StateAsync(Some.Onni)).State);
        var begun = Some.Referral(aino, room.Clock.GetUtcNow(), "referral-1");
        await room.AppendAsync(begun);
        aino = (await room.StateAsync(Some.Aino)).State;
        AppendItem Good() => new() { Entry = Some.Disclosure(aino.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(aino) };
        AppendItem[] items =
        [
            Good(),
            Some.Referral(onni, room.Clock.GetUtcNow(), "referral-1") with { ClientIdentifier = null },
            Good() with { Entry = begun.Entry with { Outcome = "nothing-found" } },
            Good() with { Together = "pair" },
            Good() with { Together = "pair", Begins = begun.Begins! with { Id = "pohjois-savo-record:7" } },
            Good(),
        ];

        var results = await room.AppendAsync(items);

        Assert.Equal(
            [AppendStatus.Committed, AppendStatus.Clash, AppendStatus.Clash, AppendStatus.Malformed, AppendStatus.Malformed, AppendStatus.Committed],
            results.Select(static result => result.Status));
        Assert.Equal([null, null, null, null, "begins", null], results.Select(static result => result.Field));
        Assert.Equal(results[0].Index + 1, results[5].Index);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhereAClockIsSetBackTheLogsTimesStandStillAndWhatItTookInIsFound(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        AppendItem Next() => new() { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) };
        var before = room.Clock.GetUtcNow();
        room.Clock.Advance(TimeSpan.FromHours(5));
        await room.AppendAsync(Next());
        room.Clock.AdjustTime(before.AddHours(1));

        var holds = await room.AppendAsync(Next() with { Expect = Some.Expect(state, before.AddHours(2)) });
        using var answer = await room.Operator.PostAsJsonAsync("/log/query", new LogQuestion { Since = before.AddHours(4), Kind = LogEntryKind.Disclosure }, SisoteJson.Options);

        Assert.Equal(AppendStatus.Committed, holds.Status); // what decides goes by the clock as it is
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n').Where(static line => line.Contains("\"recorded\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Single(lines.Select(static line => System.Text.Json.Nodes.JsonNode.Parse(line)!["recorded"]!.ToString()).Distinct());
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ConcurrentAppendsGetIndexesWithoutGapsAndTheirRecordsStandThere(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var before = await room.LogSizeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            var items = Enumerable.Range(0, 10).Select(_ => new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) }).ToArray();
            using var answer = await room.Gateway.PostAsJsonAsync("/log/append", new AppendRequest { Entries = [.. items] }, SisoteJson.Options);
            return items.Zip((await answer.ReadAsync<AppendAnswer>()).Results).ToArray();
        }));

        var results = answers.SelectMany(static one => one).ToArray();
        Assert.All(results, static one => Assert.Equal(AppendStatus.Committed, one.Second.Status));
        Assert.Equal(Enumerable.Range((int)before, 400).Select(static i => (long?)i), results.Select(static one => one.Second.Index).Order());
        Assert.All(results, static one => Assert.Contains(one.First.Entry.Id, one.Second.Receipt, StringComparison.Ordinal));
        Assert.Equal(before + 400, await room.LogSizeAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARestartGoesOnWithTheSameLog(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var before = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(state) });

        await room.ReopenAsync();
        var again = (await room.StateAsync(Some.Aino)).State;
        var after = await room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow()), Expect = Some.Expect(again) });

        Assert.Equal(state.Client, again.Client);
        Assert.Equal(before.Index + 1, after.Index);
        Assert.IsType<DisclosureLog.Bundles.BundleOutcome.Intact>(await room.VerifyExportAsync(room.Operator));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnUnknownPersonHasAKeyAndTheEmptyStateAndAskingWritesNothing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);

        var row = await room.StateAsync(Some.Onni);
        using var byKey = await room.Gateway.PostAsJsonAsync("/states", new ClientStateQuery { Clients = [row.State.Client] }, SisoteJson.Options);

        Assert.Equal((0L, Some.Onni, new DateOnly(1990, 1, 1)), (row.State.Revision, row.Identifier, row.State.Facts.BirthDate));
        Assert.Null((await byKey.ReadAsync<ClientStateAnswer>()).States.Single().Identifier);
    }

    [Fact]
    public async Task TwoPersonsWhoDifferOnlyInTheCenturySignHaveDifferentKeys()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        Assert.NotEqual((await room.StateAsync(Some.Aino)).State.Client, (await room.StateAsync(Some.Onni)).State.Client);
    }
}
