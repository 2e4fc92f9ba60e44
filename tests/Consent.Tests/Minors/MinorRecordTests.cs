// What professionals record of minors: by whom, on which ground, and how long it decides.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Minors;

public sealed class MinorRecordTests(PostgresFixture postgres)
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task ACapacityDecisionDecidesFromItsRecordingToItsEndAndACorrectionIsANewVersion(DatabaseKind database)
    {
        await using var room = await OpenRoom.OpenAsync(database, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var decision = family.Capacity("2");

        using var first = await family.Assessor().PostAsJsonAsync("/minors/capacity", decision, SisoteJson.Options);
        using var again = await family.Assessor().PostAsJsonAsync("/minors/capacity", decision, SisoteJson.Options);
        var able = (await room.StateAsync(family.Child.Reveal())).State;
        using var corrected = await family.Assessor().PostAsJsonAsync("/minors/capacity", decision with { Corrects = true, Code = "1" }, SisoteJson.Options);
        var notAble = (await room.StateAsync(family.Child.Reveal())).State;
        var view = (await corrected.ReadAsync<MinorRecorded>()).Record;

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created), (first.StatusCode, again.StatusCode, corrected.StatusCode));
        Assert.Equal(("2", decision.Id), (Assert.Single(able.Facts.Capacity).Code, Assert.Single(able.Facts.Capacity).Id));
        Assert.Equal("1", Assert.Single(notAble.Facts.Capacity).Code);
        Assert.Equal(able.Revision + 1, notAble.Revision);
        Assert.Equal([("recorded", "2"), ("corrected", "1")], view.Versions.Select(static version => (version.What, version.Code!)));
        Assert.All(view.Versions, static version => Assert.Equal(("arvioija-1", "health-professional"), (version.By.Value, version.Role.Value)));
    }

    [Fact]
    public async Task OnlyTheRolesThatTheMinorsPolicyNamesRecordAndOnlyWhereTheyWork()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        (string Sector, string Role, string Context, string Slug)[] attempts =
        [
            ("education", "teacher", "student-welfare", "minor-assessor"),
            ("health", "health-professional", "social", "minor-assessor"),
            ("social", "social-worker", "health", "minor-assessor"),
            ("municipal-sports", "health-professional", "health", "minor-assessor"),
            ("health", "health-professional", "youth", "invalid-request"),
            ("youth-outreach", "outreach-worker", "youth", "invalid-request"),
            ("health", "health-professional", "municipal-service", "invalid-request"),
        ];

        foreach (var (sector, role, context, slug) in attempts)
        {
            using var answer = await family.Assessor(sector, role).PostAsJsonAsync("/minors/capacity", family.Capacity("1", context), SisoteJson.Options);
            Assert.Equal((sector, context, slug), (sector, context, await answer.SlugAsync()));
        }

        foreach (var (sector, role, context) in new[] { ("health", "health-professional", "health"), ("social", "social-worker", "social"), ("student-welfare", "kuraattori", "student-welfare"), ("student-welfare", "school-nurse", "health") })
        {
            using var answer = await family.Assessor(sector, role).PostAsJsonAsync("/minors/capacity", family.Capacity("1", context), SisoteJson.Options);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    [Fact]
    public async Task ADecisionNamesWhatItIsAboutAndItsEndAndNoPerson()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var good = family.Capacity("1");
        (RecordCapacity Command, string Slug)[] commands =
        [
            (good with { Code = "3" }, "invalid-request"),
            (good with { Code = "5" }, "invalid-request"),
            (good with { Scope = " " }, "invalid-request"),
            (good with { Scope = "koskee: " + Some.Aino }, "invalid-request"),
            (good with { To = room.Clock.GetUtcNow() }, "invalid-request"),
            (good with { Id = "x" }, "invalid-request"),
            (good with { Corrects = true }, "not-found"),
            (good with { Identifier = Some.Aino }, "not-a-minor"),
        ];

        foreach (var (command, slug) in commands)
        {
            using var answer = await family.Assessor().PostAsJsonAsync("/minors/capacity", command, SisoteJson.Options);
            Assert.Equal((command, slug), (command, await answer.SlugAsync()));
        }
    }

    [Fact]
    public async Task ABarNeedsNoReasonInHealthCareAndAWeightyOneElsewhere()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var health = family.Assessor();
        var social = family.Assessor("social", "social-worker");
        var school = family.Assessor("student-welfare", "kuraattori");

        Assert.Equal("minor-not-able", await SlugAsync(health, family.Bar()));
        using (var able = await health.PostAsJsonAsync("/minors/capacity", family.Capacity("2"), SisoteJson.Options))
        {
            able.EnsureSuccessStatusCode();
        }

        Assert.Equal("invalid-request", await SlugAsync(health, family.Bar("health", "nuori pyytää")));
        Assert.Equal("invalid-request", await SlugAsync(social, family.Bar("social")));
        Assert.Equal("invalid-request", await SlugAsync(social, family.Bar("social", "painava syy")));
        Assert.Equal("invalid-request", await SlugAsync(school, family.Bar("student-welfare")));
        Assert.Equal("invalid-request", await SlugAsync(school, family.Bar("student-welfare", "syy " + Some.Aino)));
        Assert.Null((await room.StateAsync(family.Child.Reveal())).State.Facts.GuardianBars);

        Assert.Null(await SlugAsync(health, family.Bar()));
        Assert.Null(await SlugAsync(social, family.Bar("social", "painava syy") with { NotAgainstInterest = true }));
        Assert.Null(await SlugAsync(school, family.Bar("student-welfare", "painava syy")));
        Assert.Equal(["health", "social", "student-welfare"], (await room.StateAsync(family.Child.Reveal())).State.Facts.GuardianBars!.Value);
    }

    [Fact]
    public async Task ABarIsWithdrawnByTheOrganisationThatRecordedItAndNobodyElseLearnsThatItStood()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var school = family.Assessor("student-welfare", "kuraattori");
        var bar = family.Bar("student-welfare", "painava syy");
        Assert.Null(await SlugAsync(school, bar));

        using var stranger = await family.Assessor().PostAsync($"/minors/bars/{bar.Id}/withdraw", null);
        using var unknown = await family.Assessor().PostAsync($"/minors/bars/{Some.Id()}/withdraw", null);
        Assert.Equal(await unknown.BodyAsync(), await stranger.BodyAsync());
        using (var others = await family.Assessor().PostAsJsonAsync("/minors/query", new MinorQuery { Identifier = family.Child.Reveal() }, SisoteJson.Options))
        {
            Assert.Empty((await others.ReadAsync<MinorRecords>()).Records);
        }

        using var withdrawn = await school.PostAsync($"/minors/bars/{bar.Id}/withdraw", null);
        using var again = await school.PostAsync($"/minors/bars/{bar.Id}/withdraw", null);
        using var own = await school.PostAsJsonAsync("/minors/query", new MinorQuery { Identifier = family.Child.Reveal() }, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (withdrawn.StatusCode, again.StatusCode));
        Assert.Null((await room.StateAsync(family.Child.Reveal())).State.Facts.GuardianBars);
        Assert.Equal(["recorded", "withdrawn"], Assert.Single((await own.ReadAsync<MinorRecords>()).Records).Versions.Select(static version => version.What));
    }

    [Fact]
    public async Task ALookThroughAConnectedSystemNamesTheProfessionalAndStandsInTheirHousesViewAlone()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        await family.GivenAsync("health", "municipal-sports");
        var record = room.SystemCaller("sys-health", Scopes.Exchange, "arvioija-1", "health-professional", "org-health");

        using var looked = await record.PostAsJsonAsync("/minors/query", new MinorQuery { Identifier = family.Child.Reveal() }, SisoteJson.Options);

        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.Equal(("arvioija-1", "org-health"), Assert.Single(await LooksAsync(room, "org-health")));
        Assert.Empty(await LooksAsync(room, "org-municipal-sports"));
    }

    private static async Task<List<(string?, string?)>> LooksAsync(OpenRoom room, string organisation)
    {
        using var page = await room.Person(PersonKind.DataProtectionOfficer, organisation, "dpo-1").GetAsync("/log?kind=log-read");
        return [.. (await page.ReadAsync<LogPage>()).Rows.Where(static row => row.Concerns == "minors").Select(static row => (row.To?.Professional?.Value, row.To?.Organisation?.Value))];
    }

    [Fact]
    public async Task AWeightyReasonIsReadByTheRolesThatAssessInItsContextAndByNobodyElseOfTheHouse()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        var school = family.Assessor("student-welfare", "kuraattori");
        var doctor = family.Assessor("student-welfare", "health-professional");
        var bar = family.Bar("student-welfare", "painava syy");
        Assert.Null(await SlugAsync(school, bar));

        Assert.Equal((0, 1), (await CountAsync(doctor), await CountAsync(family.Assessor("student-welfare", "school-nurse"))));
        using var before = await doctor.PostAsync($"/minors/bars/{bar.Id}/withdraw", null);
        using var withdrawn = await school.PostAsync($"/minors/bars/{bar.Id}/withdraw", null);
        using var after = await doctor.PostAsync($"/minors/bars/{bar.Id}/withdraw", null);
        using var unknown = await doctor.PostAsync($"/minors/bars/{Some.Id()}/withdraw", null);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Created, HttpStatusCode.NotFound), (before.StatusCode, withdrawn.StatusCode, after.StatusCode));
        Assert.Single(new[] { await before.BodyAsync(), await after.BodyAsync(), await unknown.BodyAsync() }.Distinct());
        Assert.Equal((0, 1), (await CountAsync(doctor), await CountAsync(school)));

        async Task<int> CountAsync(HttpClient who)
        {
            using var answer = await who.PostAsJsonAsync("/minors/query", new MinorQuery { Identifier = family.Child.Reveal() }, SisoteJson.Options);
            return (await answer.ReadAsync<MinorRecords>()).Records.Length;
        }
    }

    [Fact]
    public async Task WhatIsRecordedStandsBesideWhatRegistersTellAndTheDatabaseHoldsNoWordOfIt()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = await Family.OfAsync(room, 14);
        Assert.Null(await SlugAsync(family.Assessor("student-welfare", "kuraattori"), family.Bar("student-welfare", "kanarialintu laulaa")));
        await family.FactsAsync(new ToldFacts { Capacity = [new CapacityDecision { Id = "muu-1", Code = "1", Context = "social" }], GuardianBars = ["social"] });
        await family.FactsAsync(new ToldFacts { SchoolForm = "basic" });

        var facts = (await room.StateAsync(family.Child.Reveal())).State.Facts;
        await room.ReopenAsync();
        var bytes = string.Concat(Directory.GetFiles(room.Folder, "consent.db*").Select(static file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));

        Assert.Equal(["social", "student-welfare"], facts.GuardianBars!.Value);
        Assert.Equal("muu-1", Assert.Single(facts.Capacity).Id);
        Assert.DoesNotContain("kanarialintu", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("Kaarna", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(family.Mother.Reveal(), bytes, StringComparison.Ordinal);
    }

    private static async Task<string?> SlugAsync(HttpClient assessor, RecordBar bar)
    {
        using var answer = await assessor.PostAsJsonAsync("/minors/bars", bar, SisoteJson.Options);
        return answer.IsSuccessStatusCode ? null : await answer.SlugAsync();
    }
}
