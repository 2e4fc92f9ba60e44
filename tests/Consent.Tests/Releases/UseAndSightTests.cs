// Who gives back what was used, and what a professional decides who did not see everything.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Releases.ReleaseScene;

namespace Sisote.Tests.Consent.Releases;

public sealed class UseAndSightTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatDidNotArriveGivesBackOnlyWhatItUsedItself(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await room.AskAsync(Some.Aino, ToPolice);
        await room.FollowAsync();
        using var released = await room.Doctor().ReleaseAsync(Assert.Single(await room.Doctor().WaitingAsync()).Id, once: true);
        Assert.Equal(HttpStatusCode.OK, released.StatusCode);

        await room.SettleAsync(await room.IntendAsync(Some.Aino, await room.DecideAsync(Some.Aino, ToPolice)), "waiting");
        var other = await room.IntendAsync(Some.Aino, await room.DecideAsync(Some.Aino, ToPolice));
        await room.SettleAsync(other, "waiting");
        await room.SettleAsync(await room.IntendAsync(Some.Aino, await room.DecideAsync(Some.Aino, ToPolice)), "delivered");
        await room.SettleAsync(other, "refused");

        Assert.False((await room.DecideAsync(Some.Aino, ToPolice)).Decision.PermitsAll);
        Assert.Equal("used", Assert.Single((await (await room.Doctor().GetAsync("/decisions")).ReadAsync<HumanDecisions>()).Decisions).State);
        Assert.Equal(2, (await room.ToldAsync()).Count(static entry => entry.Outcome == "decision-restored"));
    }

    [Fact]
    public async Task WhatWasUsedBeforeItWasKeptByWhomStaysUsed()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        await room.AskAsync(Some.Aino, ToPolice);
        await room.FollowAsync();
        using var released = await room.Doctor().ReleaseAsync(Assert.Single(await room.Doctor().WaitingAsync()).Id, once: true);
        var intent = await room.IntendAsync(Some.Aino, await room.DecideAsync(Some.Aino, ToPolice));
        await room.SqlAsync("UPDATE relationship SET scope_users = NULL");

        await room.SettleAsync(intent, "refused");

        Assert.False((await room.DecideAsync(Some.Aino, ToPolice)).Decision.PermitsAll);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatJoinedAfterTheProfessionalLookedIsNotDeclinedUnseen(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var seen = await JoinedAsync(room);

        using var odd = await DeclineAsync(room, seen, DataItemId.Parse("patient-summary"));
        using var none = await DeclineAsync(room, seen);
        using var declined = await DeclineAsync(room, seen, Identity);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK), (odd.StatusCode, none.StatusCode, declined.StatusCode));
        var (open, over) = await StandingAsync(room);
        Assert.Equal((seen.AskedAt, seen.LapsesAt, Some.Aino), (open.AskedAt, open.LapsesAt, open.Identifier));
        Assert.Equal((Limits, "open"), (Assert.Single(open.Items).Item, open.Items[0].State));
        Assert.Equal((seen.Id, Identity, "declined"), (over.Id, Assert.Single(over.Items).Item, over.Items[0].State));
        var told = (await room.ToldAsync()).Single(static entry => entry.Outcome == "release-declined");
        Assert.Equal(Identity, Assert.Single(told.Items).Item);

        using var rest = await room.Doctor().ReleaseAsync(open.Id, once: true);
        Assert.Equal(Limits, (await room.DecideAsync(Some.Aino)).Decision.Permits.Single().Item);
    }

    [Fact]
    public async Task WhatJoinedAfterTheProfessionalLookedIsNeitherReleasedNorDeclinedWithTheRest()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var seen = await JoinedAsync(room);
        var command = new ReleaseItems { Shown = [Identity], Reasons = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("human-release", "statutory-right"), Once = true };

        using var odd = await room.Doctor().PostAsJsonAsync($"/releases/{seen.Id}/release", command with { Items = [Limits] }, SisoteJson.Options);
        using var released = await room.Doctor().PostAsJsonAsync($"/releases/{seen.Id}/release", command, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (odd.StatusCode, released.StatusCode));
        Assert.Equal(Identity, (await room.DecideAsync(Some.Aino)).Decision.Permits.Single().Item);
        var (open, over) = await StandingAsync(room);
        Assert.Equal((Limits, "open"), (Assert.Single(open.Items).Item, open.Items[0].State));
        Assert.Equal((Identity, "released"), (Assert.Single(over.Items).Item, over.Items[0].State));
    }

    [Fact]
    public async Task ASystemThatDoesNotSayWhatWasShownDecidesOnAllThatWaits()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var seen = await JoinedAsync(room);

        using var declined = await room.Doctor().PostAsJsonAsync($"/releases/{seen.Id}/decline", new DeclineItems { Reason = "not-necessary" }, SisoteJson.Options);

        Assert.Equal(HttpStatusCode.OK, declined.StatusCode);
        Assert.Equal(["declined", "declined"], Assert.Single(await room.Doctor().WaitingAsync()).Items.Select(static item => item.State));
    }

    private static Task<HttpResponseMessage> DeclineAsync(OpenRoom room, WaitingRelease waiting, params DataItemId[] shown) =>
        room.Doctor().PostAsJsonAsync($"/releases/{waiting.Id}/decline", new DeclineItems { Shown = [.. shown], Reason = "not-necessary" }, SisoteJson.Options);

    private static async Task<(WaitingRelease Open, WaitingRelease Over)> StandingAsync(OpenRoom room)
    {
        var all = await room.Doctor().WaitingAsync();
        return (all.Single(static one => one.State == "open"), all.Single(static one => one.State != "open"));
    }

    /// <summary>A work item as a professional sees it, which another item joins afterwards.</summary>
    private static async Task<WaitingRelease> JoinedAsync(OpenRoom room)
    {
        await room.AskAsync(Some.Aino, Request with { Items = [Identity] });
        await room.FollowAsync();
        var seen = Assert.Single(await room.Doctor().WaitingAsync());
        Assert.Equal(Identity, Assert.Single(seen.Items).Item);
        await room.AskAsync(Some.Aino, Request with { Items = [Limits] });
        await room.FollowAsync();
        return seen;
    }
}
