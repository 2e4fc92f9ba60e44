// Entries that wait, kept for the gateway.
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Outbox;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Outbox.OutboxDesk;

namespace Sisote.Tests.Consent.Outbox;

public sealed class OutboxTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OfOneClientOnOneWayOnlyTheFirstIsGivenOutAndTheOthersFollowInTheirOrder(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        foreach (var (id, client) in new[] { ("b", Client), ("a", Client), ("c", Other), ("d", Client) })
        {
            Assert.True(await HoldAsync(room, Held(room, id, client)));
        }

        var first = await LeaseAsync(room);
        var none = await LeaseAsync(room);
        await SettleAsync(room, first.Single(static one => one.Id == "b"), OutboxState.Delivered);
        var second = await LeaseAsync(room);
        await SettleAsync(room, second[0], OutboxState.Refused);
        var third = await LeaseAsync(room);

        Assert.Equal(["b", "c"], first.Select(static one => one.Id).Order());
        Assert.Empty(none);
        Assert.Equal(["a", "d"], [second.Single().Id, third.Single().Id]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherSendersEntryOfTheSameClientDoesNotStandBehind(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));

        var same = await AheadAsync(room, "b", "kuopio-portal");
        var other = await AheadAsync(room, "b", "kuopio-liikunta");
        var self = await AheadAsync(room, "a", "kuopio-portal");

        Assert.Equal((true, false, false), (same.IsBehind, other.IsBehind, self.IsBehind));
        Assert.Equal((null, OutboxState.Waiting), (same.Self, self.Self));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TwoReplicasNeverHoldTheSameEntry(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await using var twin = await room.TwinAsync();
        var people = Enumerable.Range(0, 40).Select(static number => ClientId.Parse(number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        foreach (var (person, place) in people.Select(static (person, place) => (person, place)))
        {
            await HoldAsync(room, Held(room, $"entry-{place}", person));
        }

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(place => LeaseAsync(place % 2 == 0 ? room.Gateway : room.CallerOf(twin), most: 10)));
        var rest = await LeaseAsync(room);

        var given = asked.SelectMany(static one => one).Concat(rest).Select(static one => one.Id).ToArray();
        Assert.Equal(given.Distinct().Count(), given.Length);
        Assert.Equal(40, given.Length);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ALeaseThatEndedLeavesAnEntryThatMayHaveArrivedAndSettlesNothingAnyMore(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        var lost = (await LeaseAsync(room)).Single();
        Assert.True(await BeginAsync(room, lost));

        room.Clock.Advance(TimeSpan.FromMinutes(2));
        var taken = (await LeaseAsync(room)).Single();
        var late = await SettleAsync(room, lost, OutboxState.Delivered);
        var waits = await SettleAsync(room, taken, OutboxState.Waiting, room.Clock.GetUtcNow());
        var shown = await FindAsync(room, "a");

        Assert.Equal((0, 1), (lost.Unclear, taken.Unclear));
        Assert.Equal((false, true), (late, waits));
        Assert.Equal(OutboxState.Unknown, shown.State);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OnlyAnEntryOfWhichNothingCanHaveArrivedIsTakenBack(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "waits", Client));
        await HoldAsync(room, Held(room, "unclear", Other) with { IsUnclear = true });
        await HoldAsync(room, Held(room, "sending", ClientId.Parse(new string('3', 32))));
        await LeaseAsync(room, id: "sending");

        using var waits = await room.Operator.PostAsync("/outbox/waits/cancel", null);
        using var unclear = await room.Gateway.PostAsync("/outbox/unclear/cancel", null);
        using var sending = await room.Gateway.PostAsync("/outbox/sending/cancel", null);
        using var nothing = await room.Gateway.PostAsync("/outbox/nothing/cancel", null);
        var left = (await LeaseAsync(room)).Single(static one => one.Id == "waits");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.NotFound], [waits.StatusCode, unclear.StatusCode, sending.StatusCode, nothing.StatusCode]);
        Assert.Equal(OutboxState.Cancelled, left.State);
        Assert.True(await SettleAsync(room, left, OutboxState.Cancelled));
        Assert.DoesNotContain(await LeaseAsync(room), static one => one.Id == "waits");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsHeldOutlivesARestartAndItsContentGoesWithItsEnd(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));

        await room.ReopenAsync();
        var leased = (await LeaseAsync(room)).Single();
        await SettleAsync(room, leased, OutboxState.Delivered);
        var ended = await FindAsync(room, "a");

        Assert.Equal("sealed-a"u8.ToArray(), leased.Content);
        Assert.Equal((OutboxState.Delivered, 1, "answer"), (ended.State, ended.Attempts - 1, System.Text.Encoding.ASCII.GetString(ended.Answer!)));
        await room.SqlAsync("DELETE FROM outbox_entry WHERE content IS NULL AND bytes > 0");
        using var gone = await room.Gateway.GetAsync("/outbox/a");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheEndOfAnEntryIsForgottenAfterItsTime(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "old", Client));
        await SettleAsync(room, (await LeaseAsync(room)).Single(), OutboxState.Delivered);
        room.Clock.Advance(TimeSpan.FromDays(31));
        await HoldAsync(room, Held(room, "new", Client));
        await SettleAsync(room, (await LeaseAsync(room)).Single(), OutboxState.Delivered);

        Assert.Equal(["new"], (await ListAsync(room, "?ended=true")).Select(static one => one.Id));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AFullOutboxTakesNothingMoreAndAnEndedEntryMakesRoom(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, ("OutboxEntries", "4"), ("OutboxBytes", "40"));

        var held = new List<bool>();
        foreach (var id in new[] { "a", "b", "c" })
        {
            held.Add(await HoldAsync(room, Held(room, id, ClientId.Parse(new string(id[0], 32)))));
        }

        await SettleAsync(room, (await LeaseAsync(room))[0], OutboxState.Delivered);
        held.Add(await HoldAsync(room, Held(room, "large", Client) with { Content = new byte[20] }));
        held.Add(await HoldAsync(room, Held(room, "d", Client)));

        Assert.Equal([true, true, false, false, true], held);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnEntryThatEndedCanBeHeldAnewUnderItsKeyAndAnOpenOneStaysAsItIs(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        await HoldAsync(room, Held(room, "a", Client) with { Content = "other"u8.ToArray() });
        var open = (await LeaseAsync(room)).Single();
        await SettleAsync(room, open, OutboxState.Expired);
        await HoldAsync(room, Held(room, "a", Client) with { Content = "anew"u8.ToArray() });
        var anew = (await LeaseAsync(room)).Single();

        Assert.Equal(["sealed-a", "anew"], new[] { open, anew }.Select(static one => System.Text.Encoding.ASCII.GetString(one.Content)));
        Assert.True(anew.Lease > open.Lease);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TargetsCanBeLeftInPeaceOrAskedAlone(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        await HoldAsync(room, Held(room, "b", Client) with { Target = SystemId.Parse("kuopio-liikunta") });

        var without = await LeaseAsync(room.Gateway, without: "pohjois-savo-record");
        var only = await LeaseAsync(room.Gateway, only: "pohjois-savo-record");

        Assert.Equal(["b", "a"], [without.Single().Id, only.Single().Id]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AListOfVeryManyEntriesShowsThoseThatCameLastAndSaysThatThereAreMore(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        await HoldAsync(room, Held(room, "a", Client));
        await room.SqlAsync(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO outbox_entry (id, client, sender, target, state, unclear, attempts, held_at, due_at, lease, bytes)
            SELECT 'n' || n.i, o.client, o.sender, o.target, o.state, 0, 0, '2999-01-01T00:00:00.000Z', o.due_at, 0, 0 FROM outbox_entry o, n WHERE o.id = 'a'
            """);

        using var answer = await room.Operator.GetAsync("/outbox");
        var list = await answer.ReadAsync<OutboxList>();

        Assert.Equal((false, 5000), (list.Complete, list.Entries.Length));
        Assert.DoesNotContain(list.Entries, static entry => entry.Id == "a");
    }

    [Fact]
    public async Task TheOperatorSeesWhatWaitsAndNothingOfWhoseItIs()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        await HoldAsync(room, Held(room, "a", Client));

        var text = await room.Operator.GetStringAsync("/outbox");
        var quiet = await room.Services.GetRequiredService<OutboxStanding>().ReadAsync(CancellationToken.None);
        room.Clock.Advance(TimeSpan.FromMinutes(16));
        using var ready = JsonDocument.Parse(await room.Caller(null).GetStringAsync("/health/ready"));

        Assert.Equal("a", (await ListAsync(room, string.Empty)).Single().Id);
        Assert.DoesNotContain(Client.Reveal(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("content", text, StringComparison.Ordinal);
        Assert.Equal(("waiting", "overdue"), (quiet, ready.RootElement.GetProperty("outbox").GetString()));
    }
}
