// What may have arrived, and what has not: the outbox never takes the one for the other.
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Outbox.OutboxDesk;

namespace Sisote.Tests.Consent.Outbox;

public sealed class MayHaveArrivedTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryThatWaitsAndMayHaveArrivedByAnotherCallOfItsKeyCannotBeTakenBack(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));

        var joined = await AskToHoldAsync(room, Held(room, "a", Client) with { IsUnclear = true });
        using var cancelled = await room.Gateway.PostAsync("/outbox/a/cancel", null);

        Assert.Equal(new HoldAnswer(IsHeld: true, OutboxState.Unknown), joined);
        Assert.Equal((HttpStatusCode.Conflict, OutboxState.Unknown), (cancelled.StatusCode, (await FindAsync(room, "a")).State));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryThatWasTakenBackAndMayHaveArrivedAllTheSameIsOpenAgain(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        using var cancelled = await room.Gateway.PostAsync("/outbox/a/cancel", null);
        var told = (await LeaseAsync(room)).Single();

        await HoldAsync(room, Held(room, "a", Client) with { IsUnclear = true });

        Assert.Equal((OutboxState.Cancelled, false), (told.State, await SettleAsync(room, told, OutboxState.Cancelled)));
        Assert.Equal((OutboxState.Unknown, (DateTimeOffset?)null), ((await FindAsync(room, "a")).State, (await FindAsync(room, "a")).EndedAt));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatALeaseSaysThatDoesNotKnowOfTheOtherCallCountsForNothing(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        var leased = (await LeaseAsync(room)).Single();

        await HoldAsync(room, Held(room, "a", Client) with { IsUnclear = true });

        Assert.False(await SettleAsync(room, leased, OutboxState.Refused));
        room.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await LeaseAsync(room)).Single().Unclear);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatEndedAsUnknownOrDeliveredAndComesAgainMayHaveArrivedStill(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        foreach (var (state, person) in new[] { (OutboxState.Unknown, '1'), (OutboxState.Delivered, '2'), (OutboxState.Expired, '3') })
        {
            var entry = Held(room, state.ToString(), ClientId.Parse(new string(person, 32)));
            await HoldAsync(room, entry with { IsUnclear = state == OutboxState.Unknown });
            await SettleAsync(room, (await LeaseAsync(room)).Single(), state);
            await HoldAsync(room, entry);
            Assert.Equal(state == OutboxState.Expired ? OutboxState.Waiting : OutboxState.Unknown, (await FindAsync(room, entry.Id)).State);
            await SettleAsync(room, (await LeaseAsync(room)).Single(), state);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OfManyCallsUnderOneKeyAtTheSameMomentNoneIsToldThatNothingIsKept(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        for (var round = 0; round < 5; round++)
        {
            var entry = Held(room, $"entry-{round}", Client);
            var held = await Task.WhenAll(Enumerable.Range(0, 6).Select(place => HoldAsync(room, entry with { IsUnclear = place == 5 })));

            Assert.All(held, Assert.True);
            Assert.Equal(OutboxState.Unknown, (await FindAsync(room, entry.Id)).State);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatWasLeasedAndNotBegunHasNotArrivedWhateverBecameOfTheLease(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        var lost = (await LeaseAsync(room)).Single();

        room.Clock.Advance(TimeSpan.FromMinutes(2));
        var again = (await LeaseAsync(room)).Single();

        Assert.Equal((0, OutboxState.Waiting), (again.Unclear, (await FindAsync(room, "a")).State));
        Assert.False(await BeginAsync(room, lost));
        Assert.Equal((true, true), (await BeginAsync(room, again), await BeginAsync(room, again)));
        Assert.Equal(OutboxState.Sending, (await FindAsync(room, "a")).State);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryThatIsTakenBackBeforeItsSendingBeginsIsNotSent(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        var leased = (await LeaseAsync(room)).Single();

        using var cancelled = await room.Gateway.PostAsync("/outbox/a/cancel", null);

        Assert.Equal((HttpStatusCode.OK, false), (cancelled.StatusCode, await BeginAsync(room, leased)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NoMoreIsLeasedAtOnceThanGetsThroughInTimeAndOneLargeEntryAlwaysDoes(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        foreach (var (size, person) in new[] { (5, '1'), (2, '2'), (1, '3'), (3, '4') })
        {
            await HoldAsync(room, Held(room, $"size-{size}", ClientId.Parse(new string(person, 32))) with { Content = new byte[size << 20] });
            room.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var rounds = new List<string>();
        while (await LeaseAsync(room) is { IsEmpty: false } leased)
        {
            rounds.Add(string.Join(' ', leased.Select(static one => one.Id).Order(StringComparer.Ordinal)));
        }

        Assert.Equal(["size-5", "size-1 size-2", "size-3"], rounds);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsNotSentAnyMoreIsGivenOutFirstAndThoughItsTargetIsLeftInPeace(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        foreach (var (id, person) in new[] { ("old", '1'), ("tried", '2') })
        {
            await HoldAsync(room, Held(room, id, ClientId.Parse(new string(person, 32))) with { IsUnclear = id == "tried" });
        }

        room.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var (id, person) in new[] { ("young", '3'), ("taken-back", '4') })
        {
            await HoldAsync(room, Held(room, id, ClientId.Parse(new string(person, 32))));
        }

        using var cancelled = await room.Gateway.PostAsync("/outbox/taken-back/cancel", null);
        var question = new LeaseQuestion { Most = 50, Seconds = 60, Without = [SystemId.Parse("pohjois-savo-record")], LongestWait = 3600, MostUnclear = 1 };

        var leased = await LeaseAsync(room, question);

        Assert.Equal(["old", "taken-back", "tried"], leased.Select(static one => one.Id).Order(StringComparer.Ordinal));
        Assert.All(leased, static one => Assert.True(one.IsOver));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheSameKeyWithAnotherContentIsSeen(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client) with { Digest = new byte[32] });

        var same = await AheadAsync(room, "a", "kuopio-portal", new byte[32]);
        var other = await AheadAsync(room, "a", "kuopio-portal", [.. Enumerable.Repeat((byte)1, 32)]);

        Assert.Equal((OutboxState.Waiting, false, true), (same.Self, same.IsOther, other.IsOther));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherContentUnderTheSameKeyIsNeitherHeldNorJoinedToTheFirst(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client) with { Digest = Digest(1) });

        var sent = await AskToHoldAsync(room, Held(room, "a", Client) with { Digest = Digest(2) });
        var unclear = await AskToHoldAsync(room, Held(room, "a", Client) with { Digest = Digest(2), IsUnclear = true });
        var same = await AskToHoldAsync(room, Held(room, "a", Client) with { Digest = Digest(1) });

        Assert.Equal([new(IsHeld: false, IsOther: true), new(IsHeld: false, IsOther: true), new HoldAnswer(IsHeld: true, OutboxState.Waiting)], [sent, unclear, same]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatArrivedByACallOfItsOwnIsNotToldAsWaitingOrTakenBackByAnother(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        foreach (var (id, person) in new[] { ("waits", '1'), ("taken-back", '2'), ("ended", '3'), ("other", '4') })
        {
            await HoldAsync(room, Held(room, id, ClientId.Parse(new string(person, 32))) with { Digest = Digest(1) });
        }

        using var ended = await room.Gateway.PostAsync("/outbox/ended/cancel", null);
        await SettleAsync(room, (await LeaseAsync(room)).Single(static one => one.State == OutboxState.Cancelled), OutboxState.Cancelled);
        using var takenBack = await room.Gateway.PostAsync("/outbox/taken-back/cancel", null);

        var told = new List<bool>();
        foreach (var (id, digest) in new[] { ("waits", 1), ("taken-back", 1), ("ended", 1), ("other", 2), ("nothing", 1) })
        {
            told.Add(await ArriveAsync(room, id, Digest(digest)));
        }

        Assert.Equal([true, true, true, false, false], told);
        var states = (await ListAsync(room, "?ended=true")).ToDictionary(static one => one.Id);
        Assert.Equal((OutboxState.Unknown, OutboxState.Unknown, OutboxState.Waiting), (states["waits"].State, states["taken-back"].State, states["other"].State));
        Assert.Null(states["taken-back"].EndedAt);
        Assert.Equal((OutboxState.Delivered, "answer-of-the-other-call"), ((await FindAsync(room, "ended")).State, System.Text.Encoding.ASCII.GetString((await FindAsync(room, "ended")).Answer!)));
        using var cancelled = await room.Gateway.PostAsync("/outbox/waits/cancel", null);
        Assert.Equal(HttpStatusCode.Conflict, cancelled.StatusCode);
        Assert.False(await ArriveAsync(room, "ended", Digest(1), OutboxState.Unknown)); // what is delivered stays so
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatTheOperatorTakesBackIsOnRecordAsTakenBackByTheOperator(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        await HoldAsync(room, Held(room, "b", Other));

        using var byOperator = await room.Operator.PostAsync("/outbox/a/cancel", null);
        using var bySender = await room.Gateway.PostAsync("/outbox/b/cancel", null);
        using var again = await room.Operator.PostAsync("/outbox/a/cancel", null);

        var told = (await new Retention.KeepingDesk(room).ToldAsync(LogEntryKind.WriteOutcome)).Single();
        Assert.Equal(("sisote-operator", "cancelled", "a", (ClientId?)Client), (told.From!.System!.Value.Value, told.Outcome, told.Concerns, told.Client));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (byOperator.StatusCode, bySender.StatusCode, again.StatusCode));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneSenderLeavesHalfOfTheRoomToTheOthers(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, ("OutboxEntries", "4"));
        var held = new List<bool>();
        foreach (var (id, sender) in new[] { ("a", "kuopio-portal"), ("b", "kuopio-portal"), ("c", "kuopio-portal"), ("d", "kuopio-liikunta"), ("e", "kuopio-liikunta") })
        {
            held.Add(await HoldAsync(room, Held(room, id, Client) with { Sender = SystemId.Parse(sender) }));
        }

        Assert.Equal([true, true, false, true, true], held);
    }

    private static byte[] Digest(int content) => [.. Enumerable.Repeat((byte)content, 32)];
}
