// What else is on record of two identities: guardians, bars, and what waits for a decision.
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Consent.Clients.Keys;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Consent.Minors;
using Sisote.Tests.Consent.Releases;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Clients.Merging;

public sealed class MergedPeopleTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AGuardianOfOneIdentityIsAGuardianOfTheChildAndABarUnderEitherHolds(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var surviving = family with { Child = Family.Minor(room, 14) };
        await surviving.FactsAsync(new ToldFacts { SafetyProhibition = false });
        using var able = await family.Assessor().PostAsJsonAsync("/minors/capacity", family.Capacity("2"), SisoteJson.Options);
        await family.GivenAsync();

        await MergeAsync(room, family.Child, surviving.Child);
        room.Clock.Advance(TimeSpan.FromDays(2));
        await surviving.GivenAsync();

        Assert.True(await surviving.SeesAsync(family.Mother));
        using (var seen = await surviving.LookAsync(family.Mother))
        {
            Assert.Equal(2, (await seen.ReadAsync<ChildDisclosures>()).Disclosures.Length);
        }

        var bar = family.Bar();
        using var barred = await family.Assessor().PostAsJsonAsync("/minors/bars", bar, SisoteJson.Options);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (able.StatusCode, barred.StatusCode));
        Assert.Equal(["health"], (await room.StateAsync(surviving.Child.Reveal())).State.Facts.GuardianBars!.Value);
        Assert.False(await surviving.SeesAsync(family.Mother));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ABarFromBeforeTheMergeHoldsAndItsKeyRotates(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        using var able = await family.Assessor().PostAsJsonAsync("/minors/capacity", family.Capacity("2"), SisoteJson.Options);
        using var barred = await family.Assessor().PostAsJsonAsync("/minors/bars", family.Bar(), SisoteJson.Options);
        var surviving = Family.Minor(room, 14);

        await MergeAsync(room, family.Child, surviving);
        room.Services.GetRequiredService<EnvelopeKeys>().Add();
        await room.Services.GetRequiredService<Resealing>().RunAsync(int.MaxValue, CancellationToken.None);

        Assert.Equal(["health"], (await room.StateAsync(surviving.Reveal())).State.Facts.GuardianBars!.Value);
        using var keys = await room.Operator.GetAsync("/keys");
        var list = await keys.ReadAsync<EnvelopeKeyList>();
        Assert.Equal((0L, 0L), (list.Keys[0].Values, list.Lost));
        using var undone = await room.Operator.PostAsJsonAsync("/clients/unmerge", new UnmergeClients { Prior = family.Child.Reveal() }, SisoteJson.Options);
        undone.EnsureSuccessStatusCode();
        Assert.Equal(["health"], (await room.StateAsync(family.Child.Reveal())).State.Facts.GuardianBars!.Value);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatWaitsForADecisionAboutOneIdentityIsDecidedForThePerson(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);

        await MergeAsync(room, Hetu.Parse(Some.Aino), Hetu.Parse(Some.Onni));
        await room.AskAsync(Some.Onni);
        await room.FollowAsync();
        Assert.Single(await room.Doctor().WaitingAsync(), static one => one.State == "open"); // the same wish makes no second work item

        using var released = await room.Doctor().ReleaseAsync(waiting.Id, once: true);
        released.EnsureSuccessStatusCode();
        Assert.Equal([ReleaseScene.Identity, ReleaseScene.Limits], (await room.AskAsync(Some.Onni)).Decided.Decision.Permits.Select(static permit => permit.Item));
    }

    private static async Task MergeAsync(OpenRoom room, Hetu prior, Hetu surviving)
    {
        using var answer = await room.Operator.PostAsJsonAsync("/clients/merge", new MergeClients { Prior = prior.Reveal(), Surviving = surviving.Reveal() }, SisoteJson.Options);
        await answer.ReadAsync<ClientsMerged>();
    }
}
