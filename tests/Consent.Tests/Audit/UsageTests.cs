// What a client reads of the uses of her data in the words of the Estonian data tracker.
using System.Net;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Audit;

public sealed class UsageTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheClientReadsWhoUsedWhatForWhatNewestFirstAndNoPersonOfTheOtherSide(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);

        using var answer = await scene.Room.Client(Some.Aino).GetAsync("/me/findUsage");
        var body = await answer.Content.ReadAsStringAsync();
        var usages = await answer.ReadAsync<Usages>();

        Assert.Equal((4, 4), (usages.TotalUsages, usages.Rows.Length));
        Assert.Equal("delivered", usages.Rows[0].Outcome);
        Assert.StartsWith("exercise-counselling: lähetettiin: exercise-restriction", usages.Rows[0].Action, StringComparison.Ordinal);
        var usage = usages.Rows[^1];
        Assert.Equal(("exercise-counselling: luovutettiin: exercise-restriction", "kuopio", "kuopio", "kuopio-liikunta"), (usage.Action, usage.ReceiverCode, usage.ReceiverName, usage.ReceiverSystem));
        Assert.Equal(("pohjois-savo", "released"), (usage.SenderCode, usage.Outcome));
        Assert.Equal(["703/2023 6 §"], usage.Basis);
        Assert.DoesNotContain("ohjaaja-salmi", body, StringComparison.Ordinal);
        foreach (var name in new[] { "\"totalUsages\":", "\"usages\":", "\"logtime\":", "\"action\":", "\"receiverCode\":", "\"receiverName\":", "\"receiverSystem\":" })
        {
            Assert.Contains(name, body, StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ARefusalIsAUseInWhichNothingWasGiven(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me/findUsage");
        request.Headers.AcceptLanguage.ParseAdd("sv-FI, en;q=0.5");

        using var answer = await scene.Room.Client(Some.Onni).SendAsync(request);
        var usage = (await answer.ReadAsync<Usages>()).Rows.Single();

        Assert.Equal(("exercise-counselling: inget lämnades ut", "refused"), (usage.Action, usage.Outcome));
        Assert.Empty(usage.Basis);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PeriodOffsetAndLimitChooseAndTheTotalStaysThatOfThePeriod(DatabaseKind kind)
    {
        await using var scene = await AuditScene.PlayAsync(kind, postgres);
        var client = scene.Room.Client(Some.Aino);
        var before = scene.Room.Clock.GetUtcNow();
        scene.Room.Clock.Advance(TimeSpan.FromDays(2));
        var state = (await scene.Room.StateAsync(Some.Aino)).State;
        await scene.Room.AppendAsync(new AppendItem { Entry = Some.Disclosure(state.Client, scene.Room.Clock.GetUtcNow()), Expect = Some.Expect(state) });
        var middle = Uri.EscapeDataString($"{before.AddDays(1):yyyy-MM-ddTHH:mm:ss}Z");

        var page = await FindAsync(client, "?offset=1&limit=2");
        var later = await FindAsync(client, "?periodStart=" + middle);
        var earlier = await FindAsync(client, "?periodEnd=" + middle);
        var period = await (await client.GetAsync("/me/usagePeriod")).ReadAsync<UsagePeriod>();

        Assert.Equal((5, 2), (page.TotalUsages, page.Rows.Length));
        Assert.Equal((1, 4), (later.TotalUsages, earlier.TotalUsages));
        Assert.Equal(5, (await FindAsync(client, "?offset=5")).TotalUsages);
        Assert.Empty((await FindAsync(client, "?offset=5")).Rows);
        Assert.True(period.PeriodStart <= before);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsHiddenFromTheClientOrNotYetToBeSeenIsNotCounted(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var state = (await room.StateAsync(Some.Aino)).State;
        var entry = Some.Disclosure(state.Client, room.Clock.GetUtcNow());
        await room.AppendAsync(new AppendItem { Entry = entry with { Visibility = new LogVisibility { Client = false, Guardian = true } }, Expect = Some.Expect(state) });
        await room.AppendAsync(new AppendItem { Entry = entry with { Id = Some.Id(), Visibility = new LogVisibility { From = room.Clock.GetUtcNow().AddDays(7) } }, Expect = Some.Expect(state) });

        var now = await FindAsync(room.Client(Some.Aino), string.Empty);
        room.Clock.Advance(TimeSpan.FromDays(8));
        var later = await FindAsync(room.Client(Some.Aino), string.Empty);

        Assert.Equal((0, 1), (now.TotalUsages, later.TotalUsages));
        Assert.Equal(0, (await FindAsync(room.Client(Some.Onni), string.Empty)).TotalUsages);
    }

    [Fact]
    public async Task AnotherPersonCannotBeAskedAboutAndAWrongParameterIsRefused()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);

        foreach (var query in new[] { "?userCode=FI" + Some.Onni, "?limit=0", "?limit=x", "?offset=-1", "?periodStart=2026-01-01", "?limit=1&limit=2" })
        {
            using var answer = await room.Client(Some.Aino).GetAsync("/me/findUsage" + query);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.DoesNotContain(Some.Onni, body, StringComparison.Ordinal);
        }
    }

    private static async Task<Usages> FindAsync(HttpClient client, string query) => await (await client.GetAsync("/me/findUsage" + query)).ReadAsync<Usages>();
}
