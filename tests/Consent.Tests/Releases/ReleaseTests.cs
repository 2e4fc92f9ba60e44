// What waits for a human decision of the giver: raised once, seen by the giver alone, released, declined, lapsed, withdrawn, used.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;
using static Sisote.Tests.Consent.Releases.ReleaseScene;

namespace Sisote.Tests.Consent.Releases;

public sealed class ReleaseTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatOnlyAHumanDecisionKeepsBackBecomesOneWorkItemHoweverOftenItIsAsked(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        for (var time = 0; time < 3; time++)
        {
            Assert.True((await room.AskAsync(Some.Aino)).Decided.Decision.DeniesAll);
            await room.FollowAsync();
        }

        var waiting = Assert.Single(await room.Doctor().WaitingAsync());

        Assert.Equal(("open", Some.Aino, Recipient, Officer, Purpose), (waiting.State, waiting.Identifier, waiting.ToOrganisation, waiting.ToRole, waiting.Purpose));
        Assert.Equal([Identity, Limits], waiting.Items.Select(static item => item.Item));
        Assert.All(waiting.Items, static item => Assert.Equal("human-release", item.Decisions.Single().Value));
        Assert.Equal(Request.Attestations.Select(static stated => (stated.Condition, (string?)"in this matter")), waiting.Statements.Select(static stated => (stated.Condition, stated.Text)));
        var told = Assert.Single(await room.ToldAsync(), static entry => entry.Outcome == "release-waits");
        Assert.Equal((waiting.Id, false), (told.Concerns, told.Visibility.Client));
    }

    [Fact]
    public async Task WhatIsAskedForLaterJoinsTheOpenWorkItem()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        await room.AskAsync(Some.Aino, Request with { Items = [Identity] });
        await room.FollowAsync();
        await room.AskAsync(Some.Aino, Request with { Items = [Limits, Identity] });
        await room.FollowAsync();

        Assert.Equal([Identity, Limits], Assert.Single(await room.Doctor().WaitingAsync()).Items.Select(static item => item.Item));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AClientWhoseRowsCannotBeReadStopsNoOthersWork(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        using (var facts = await room.Operator.PostAsJsonAsync("/clients/facts", new RecordFacts { Identifier = Some.Onni, Facts = new ToldFacts { SafetyProhibition = false } }, SisoteJson.Options))
        {
            facts.EnsureSuccessStatusCode();
        }

        await room.AskAsync(Some.Onni);
        await room.AskAsync(Some.Aino);
        await room.SqlAsync(kind == DatabaseKind.Sqlite ? "UPDATE client SET facts = x'00' WHERE facts IS NOT NULL" : "UPDATE client SET facts = '\\x00'::bytea WHERE facts IS NOT NULL");

        await room.FollowAsync();

        Assert.Equal(Some.Aino, Assert.Single(await room.Doctor().WaitingAsync()).Identifier);
    }

    [Fact]
    public async Task EachClientWhoIsNamedInTheListStandsInTheLogWithWhoLooked()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var record = room.SystemCaller("sys-health", Scopes.Exchange, "dr-1", "health-professional", Giver.Value);
        Assert.Empty(await record.WaitingAsync());
        await room.WaitAsync(Some.Aino);
        await room.WaitAsync(Some.Onni);
        var before = await room.LogSizeAsync();

        Assert.Equal(2, (await record.WaitingAsync()).Length);

        Assert.Equal(before + 2, await room.LogSizeAsync());
        using var page = await room.Person(PersonKind.DataProtectionOfficer, Giver.Value, "dpo-1").GetAsync("/log?kind=log-read");
        var looks = (await page.ReadAsync<LogPage>()).Rows.Where(static row => row.Concerns == "releases").ToList();
        Assert.All(looks, static look => Assert.Equal((ProfessionalId?)ProfessionalId.Parse("dr-1"), look.To!.Professional));
        Assert.Equal(2, looks.Where(look => look.Index >= before).Select(static look => look.ClientMark).OfType<string>().Distinct().Count());
        using var others = await room.Person(PersonKind.DataProtectionOfficer, Recipient.Value, "dpo-1").GetAsync("/log?kind=log-read");
        Assert.DoesNotContain((await others.ReadAsync<LogPage>()).Rows, static row => row.Concerns == "releases");
    }

    [Fact]
    public async Task WhatLacksSomethingElseTooMakesNoWork()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        foreach (var left in Request.Attestations)
        {
            await room.AskAsync(Some.Aino, Request with { Attestations = Request.Attestations.Remove(left) });
        }

        await room.AskAsync(Some.Aino, Request with { Purpose = PurposeId.Parse("social-service") });
        await room.AskAsync(Some.Aino, Request with { Items = [DataItemId.Parse("patient-summary")] });
        await room.FollowAsync();

        Assert.Empty(await room.Doctor().WaitingAsync());
        Assert.Empty(await room.ToldAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatIsReleasedGoesWithTheNextReadAndTheRestIsDeclined(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);

        using var released = await room.Doctor().ReleaseAsync(waiting.Id, until: room.Clock.GetUtcNow().AddDays(3), items: Limits);
        var stands = await released.ReadAsync<DecisionStands>();
        var (decided, status) = await room.AskAsync(Some.Aino);

        Assert.Equal((AppendStatus.Committed, Limits), (status, decided.Decision.Permits.Single().Item));
        Assert.Equal(("human", stands.Decisions.Single()), decided.Decision.Permits.Single().Conditions.Where(static shown => shown.Condition.Value == "human-release").Select(static shown => (shown.Source, shown.Reference!)).Single());
        var shown = Assert.Single(await room.Doctor().WaitingAsync());
        Assert.Equal("released", shown.State);
        Assert.Null(shown.Identifier);
        Assert.Equal(["declined", "released"], shown.Items.OrderBy(static item => item.Item.Value).Select(static item => item.State));
        Assert.Equal(["release-waits", "decision-recorded", "release-released"], (await room.ToldAsync()).Select(static entry => entry.Outcome));
        await room.FollowAsync();
        Assert.Single(await room.Doctor().WaitingAsync()); // the declined item was asked for again just now, and rests

        room.Clock.Advance(TimeSpan.FromDays(3.1));
        Assert.True((await room.DecideAsync(Some.Aino)).Decision.DeniesAll);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADecisionWithdrawnBetweenReleaseAndReadStopsTheRead(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);
        using var released = await room.Doctor().ReleaseAsync(waiting.Id, once: true);
        var decision = (await released.ReadAsync<DecisionStands>()).Decisions.Single();
        var permitted = await room.DecideAsync(Some.Aino);

        using var withdrawn = await room.Doctor().PostAsync($"/decisions/{decision}/withdraw", null);
        using var again = await room.Doctor().PostAsync($"/decisions/{decision}/withdraw", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (withdrawn.StatusCode, again.StatusCode));
        Assert.Equal(2, permitted.Decision.Permits.Count());
        Assert.Equal(AppendStatus.Stale, await room.RecordAsync(Some.Aino, permitted));
        Assert.True((await room.AskAsync(Some.Aino)).Decided.Decision.DeniesAll);
        Assert.Equal("withdrawn", Assert.Single((await (await room.Doctor().GetAsync("/decisions")).ReadAsync<HumanDecisions>()).Decisions).State);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatMayGoOnceGoesOnce(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);
        using var released = await room.Doctor().ReleaseAsync(waiting.Id, once: true);
        var both = await room.DecideAsync(Some.Aino);

        var first = await room.AskAsync(Some.Aino, Request with { Items = [Limits] });
        var stale = await room.RecordAsync(Some.Aino, both);
        var second = await room.AskAsync(Some.Aino);
        var third = await room.AskAsync(Some.Aino);

        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        Assert.Equal((AppendStatus.Committed, AppendStatus.Stale), (first.Status, stale));
        Assert.Equal(Identity, second.Decided.Decision.Permits.Single().Item);
        Assert.True(third.Decided.Decision.DeniesAll);
        await room.FollowAsync();
        Assert.Equal("released", Assert.Single(await room.Doctor().WaitingAsync()).State);
        Assert.Equal("used", Assert.Single((await (await room.Doctor().GetAsync("/decisions")).ReadAsync<HumanDecisions>()).Decisions).State);
        Assert.Equal(2, (await room.ToldAsync()).Count(static entry => entry.Outcome == "decision-used"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatWasDeclinedComesBackOnlyWhenItHasRested(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);

        using var odd = await room.Doctor().PostAsJsonAsync($"/releases/{waiting.Id}/decline", new DeclineItems { Reason = "statutory-right" }, SisoteJson.Options);
        using var declined = await room.Doctor().PostAsJsonAsync($"/releases/{waiting.Id}/decline", new DeclineItems { Reason = "not-necessary" }, SisoteJson.Options);
        using var late = await room.Doctor().ReleaseAsync(waiting.Id, once: true);
        await room.AskAsync(Some.Aino);
        await room.FollowAsync();

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.Conflict), (odd.StatusCode, declined.StatusCode, late.StatusCode));
        Assert.Equal("declined", Assert.Single(await room.Doctor().WaitingAsync()).State);

        room.Clock.Advance(TimeSpan.FromDays(15));
        await room.WaitAsync(Some.Aino);
        Assert.Equal(2, (await room.Doctor().WaitingAsync()).Length);
        Assert.Equal("not-necessary", (await room.ToldAsync()).Single(static entry => entry.Outcome == "release-declined").Attestations.Single().Reference);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task WhatNobodyDecidesLapses(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);

        room.Clock.Advance(TimeSpan.FromDays(14.1));
        using var late = await room.Doctor().ReleaseAsync(waiting.Id, once: true);
        await room.FollowAsync();

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("lapsed", Assert.Single(await room.Doctor().WaitingAsync()).State);
        Assert.Single(await room.ToldAsync(), static entry => entry.Outcome == "release-lapsed");
        Assert.NotEqual(waiting.Id, (await room.WaitAsync(Some.Aino)).Id);
    }

    [Fact]
    public async Task ARecipientCannotFloodAGiver()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law, ("ReleasesPerRecipient", "2"));
        for (var person = 0; person < 4; person++)
        {
            await room.AskAsync(Some.Person(person).Reveal());
        }

        await room.FollowAsync();

        Assert.Equal(2, (await room.Doctor().WaitingAsync()).Length);
    }

    [Fact]
    public async Task AStartAfterwardsMakesNothingTwice()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);
        await room.ReopenAsync();
        await room.FollowAsync();

        Assert.Equal(waiting.Id, Assert.Single(await room.Doctor().WaitingAsync()).Id);
    }

    [Fact]
    public async Task OnlyAProfessionalOfTheGiverInTheRoleThatGivesSeesOrDecides()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);
        HttpClient[] others =
        [
            room.Person(PersonKind.Professional, Recipient.Value, "virkailija-1", Officer.Value),
            room.Person(PersonKind.Professional, Giver.Value, "sihteeri-1", "exercise-counsellor"),
            room.SystemCaller(WholeLaw.SystemOf(Employment).Value, Scopes.Exchange, "virkailija-1", Officer.Value, Recipient.Value),
        ];
        foreach (var other in others)
        {
            Assert.Empty(await other.WaitingAsync());
            using var foreign = await other.ReleaseAsync(waiting.Id, once: true);
            using var absent = await other.ReleaseAsync("nothing", once: true);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
            Assert.Equal(await absent.BodyAsync(), await foreign.BodyAsync());
        }

        using var client = await room.Client(Some.Aino).GetAsync("/releases");
        Assert.Equal(HttpStatusCode.Forbidden, client.StatusCode);
        Assert.All((await (await room.Operator.GetAsync("/releases/all")).ReadAsync<WaitingReleases>()).Releases, static one => Assert.Null(one.Identifier));
    }

    [Fact]
    public async Task TheRecipientDoesNotFindADecisionAmongItsRelationshipsNorEndIt()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var waiting = await room.WaitAsync(Some.Aino);
        using var released = await room.Doctor().ReleaseAsync(waiting.Id, once: true);
        var decision = (await released.ReadAsync<DecisionStands>()).Decisions.Single();
        var officer = room.Person(PersonKind.Professional, Recipient.Value, "virkailija-1", Officer.Value);

        Assert.Empty((await (await officer.GetAsync("/relationships")).ReadAsync<RelationshipList>()).Relationships);
        using var ended = await officer.PostAsync($"/relationships/{decision}/end", null);
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AMessageThatLacksItsSendersDecisionStandsInTheSendersListAndWhatDidNotArriveMayGoAgain(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        await room.AskAsync(Some.Aino, ToPolice);
        await room.FollowAsync();
        var waiting = Assert.Single(await room.Doctor().WaitingAsync());
        using var released = await room.Doctor().ReleaseAsync(waiting.Id, once: true);

        var first = await room.DecideAsync(Some.Aino, ToPolice);
        var intent = await room.IntendAsync(Some.Aino, first);
        var second = await room.DecideAsync(Some.Aino, ToPolice);
        await room.SettleAsync(intent, "waiting");
        var third = await room.DecideAsync(Some.Aino, ToPolice);
        await room.SettleAsync(await room.IntendAsync(Some.Aino, third), "delivered");
        var fourth = await room.DecideAsync(Some.Aino, ToPolice);

        Assert.Equal((Direction.Notify, HttpStatusCode.OK), (waiting.Direction, released.StatusCode));
        Assert.Equal([true, false, true, false], new[] { first, second, third, fourth }.Select(static one => one.Decision.PermitsAll));
        Assert.Equal(["decision-used", "decision-restored", "decision-used"], (await room.ToldAsync()).Select(static entry => entry.Outcome).Where(static outcome => outcome.StartsWith("decision-", StringComparison.Ordinal)).Skip(1));
    }
}
