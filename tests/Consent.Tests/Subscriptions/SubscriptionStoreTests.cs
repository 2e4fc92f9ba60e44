// What is kept of subscriptions, and who gets them when.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Subscriptions;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Subscriptions.SubscriptionDesk;

namespace Sisote.Tests.Consent.Subscriptions;

public sealed class SubscriptionStoreTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ASubscriptionIsGivenToOneReplicaAtATimeAndAnOldLeaseCountsForNothing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var kept = New(room, await AinoAsync(room));
        Assert.True(await KeepAsync(room, kept));
        Assert.True(await KeepAsync(room, kept)); // kept twice, it is one

        var both = await Task.WhenAll(LeaseAsync(room), LeaseAsync(room));
        var first = Assert.Single(both.SelectMany(static one => one));
        room.Clock.Advance(TimeSpan.FromSeconds(61));
        var second = Assert.Single(await LeaseAsync(room));

        Assert.Equal(kept.Content, first.Content);
        Assert.Equal((SubscriptionState.Requested, null, 0), (first.Standing.State, first.Standing.Seen, first.Standing.Events));
        Assert.False(await SettleAsync(room, first, first.Standing with { Events = 9 }));
        Assert.True(await SettleAsync(room, second, second.Standing with { Events = 1 }, keepsLease: true));
        Assert.Empty(await LeaseAsync(room));
        Assert.True(await SettleAsync(room, second, second.Standing with { Events = 1, Delivered = 1, ChangedAt = room.Clock.GetUtcNow() }));
        Assert.Equal((1L, 1L), Assert.Single(await LeaseAsync(room)).Standing is var standing ? (standing.Events, standing.Delivered) : default);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NothingOnRecordBringsOneForward(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        Assert.True(await KeepAsync(room, New(room, await AinoAsync(room))));
        await LookedAsync(room);

        await ChangeAsync(room, Some.Onni);
        await ChangeAsync(room, Some.Aino);
        Assert.Empty(await LeaseAsync(room));
        room.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(await LeaseAsync(room));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneSubscriberOrSourceTakesNotAllPlaces(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, ("SubscriptionsAtOnceOfASystem", "2"), ("SubscriptionsAtOnceOfASource", "3"));
        var client = await AinoAsync(room);
        var (slow, other, elsewhere) = (Policy.Ids.SystemId.Parse("siilinjarvi-portal"), Subscriber, Policy.Ids.SystemId.Parse("kuopio-liikunta"));
        foreach (var (subscriber, source) in new[] { (slow, Source), (slow, Source), (slow, Source), (other, Source), (other, Source), (slow, elsewhere), (other, elsewhere) })
        {
            Assert.True(await KeepAsync(room, New(room, client) with { Subscriber = subscriber, Source = source }));
            room.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await LeaseAsync(room);
        Assert.Equal([slow, slow, other], first.Select(static one => one.Subscriber).OrderBy(one => one == other)); // two of the slow one, and a third of the source
        Assert.Equal([other], (await LeaseAsync(room)).Select(static one => one.Subscriber)); // elsewhere; the source has no place, the slow one neither
        Assert.Empty(await LeaseAsync(room));

        Assert.True(await SettleAsync(room, first.First(one => one.Subscriber == slow), first[0].Standing with { DueAt = room.Clock.GetUtcNow().AddHours(1) }));
        Assert.Equal([slow], (await LeaseAsync(room)).Select(static one => one.Subscriber));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatWaitsForItsReceiverIsNotBroughtForwardAndOutlivesARestart(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        Assert.True(await KeepAsync(room, New(room, await AinoAsync(room))));
        var standing = await LookedAsync(room);
        room.Clock.Advance(TimeSpan.FromHours(1));
        var leased = Assert.Single(await LeaseAsync(room));
        var waiting = standing with { Events = 3, Delivered = 2, Failures = 4, ChangedAt = room.Clock.GetUtcNow(), DueAt = room.Clock.GetUtcNow().AddMinutes(5) };
        Assert.True(await SettleAsync(room, leased, waiting));

        await ChangeAsync(room, Some.Aino);
        await room.ReopenAsync();
        Assert.Empty(await LeaseAsync(room));
        room.Clock.Advance(TimeSpan.FromMinutes(6));
        var again = Assert.Single(await LeaseAsync(room));

        Assert.Equal((3L, 2L, 4, true), (again.Standing.Events, again.Standing.Delivered, again.Standing.Failures, again.Standing.IsTold));
        Assert.Equal(standing.Seen, again.Standing.Seen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ASystemFindsAndEndsItsOwnAlone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, ("SubscriptionsOfASystem", "2"));
        var client = await AinoAsync(room);
        var (first, second) = (New(room, client), New(room, client));
        Assert.True(await KeepAsync(room, first));
        Assert.True(await KeepAsync(room, second));
        Assert.False(await KeepAsync(room, New(room, client))); // as many as it may have, those that ended by themselves among them

        Assert.Equal(new[] { first.Id, second.Id }.Order(), (await FindAsync(room)).Select(static one => one.Id).Order());
        Assert.Equal(first.Content, Assert.Single(await FindAsync(room, id: first.Id)).Content);
        Assert.Empty(await FindAsync(room, "siilinjarvi-portal"));
        Assert.False(await EndAsync(room, first.Id, "siilinjarvi-portal"));
        Assert.True(await EndAsync(room, first.Id));
        Assert.False(await EndAsync(room, first.Id));
        Assert.Equal(second.Id, Assert.Single(await FindAsync(room)).Id);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsOverIsGivenOutToBeEndedIsShownForAWhileAndThenGone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var kept = New(room, await AinoAsync(room)) with { EndsAt = room.Clock.GetUtcNow().AddMinutes(10) };
        Assert.True(await KeepAsync(room, kept));
        await LookedAsync(room);
        room.Clock.Advance(TimeSpan.FromMinutes(10));

        var over = Assert.Single(await LeaseAsync(room));
        Assert.True(over.IsOver);
        Assert.True(await SettleAsync(room, over, over.Standing with { State = SubscriptionState.Off }));
        Assert.False(await SettleAsync(room, over, over.Standing));
        Assert.Empty(await LeaseAsync(room));
        Assert.Equal(SubscriptionState.Off, Assert.Single(await FindAsync(room)).State);

        room.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Empty(await LeaseAsync(room)); // looking for what is due removes what is old, also where there is nothing else
        Assert.Empty(await FindAsync(room));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OnlyTheGatewayComesIn(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var question = new SubscriptionQuestion(Subscriber, Source);

        foreach (var caller in new[] { room.Operator, room.SystemCaller("kuopio-portal", Doors.Tokens.Scopes.Exchange), room.Client(Some.Aino) })
        {
            using var answer = await caller.PostAsJsonAsync("/subscriptions/find", question, SisoteJson.Options);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var malformed = await room.Gateway.PostAsJsonAsync("/subscriptions/keep", New(room, await AinoAsync(room)) with { Id = "short" }, SisoteJson.Options);
        using var greedy = await room.Gateway.PostAsJsonAsync("/subscriptions/lease", new SubscriptionsWanted(101, 60), SisoteJson.Options);
        Assert.Equal(("invalid-request", "invalid-request"), (await malformed.SlugAsync(), await greedy.SlugAsync()));
    }

    private static async Task<Policy.Ids.ClientId> AinoAsync(OpenRoom room) => (await room.StateAsync(Some.Aino)).State.Client;

    private static async Task ChangeAsync(OpenRoom room, string hetu)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = hetu, Facts = new ToldFacts { SchoolForm = "basic" } }, SisoteJson.Options);
        answer.EnsureSuccessStatusCode();
    }
}
