// Relationships that professionals say by hand: only those whom the catalogue names, and handed over without a gap.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Relationships;

public sealed class RecordedByHandTests(PostgresFixture postgres)
{
    private static readonly OrganisationId Welfare = WholeLaw.OrganisationOf(SectorId.Parse("student-welfare"));
    private static readonly OrganisationId School = WholeLaw.OrganisationOf(SectorId.Parse("education"));

    [Fact]
    public async Task EveryKindIsSaidByThoseWhomTheCatalogueNamesAndByNobodyElse()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var said = 0;
        foreach (var (kind, rule) in WholeLaw.Catalogue.Relationships)
        {
            foreach (var (role, entry) in WholeLaw.Catalogue.Roles)
            {
                var organisation = WholeLaw.OrganisationOf(entry.Sector);
                var command = Command(kind, rule, organisation);
                using var answer = await room.Person(PersonKind.Professional, organisation.Value, "somebody", role.Value).PostAsJsonAsync("/relationships", command with { Identifier = Some.Person(said++ % 100).Reveal() }, SisoteJson.Options);
                var expected = rule.RecordedBy.Any(teller => teller.Through is null && teller.Roles.Contains(role)) ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity;
                Assert.True(answer.StatusCode == expected || (answer.StatusCode == HttpStatusCode.Conflict && rule.HandedOver), $"{kind} by {role}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task NobodySaysOnTheOtherSideOrForTheOwnPersonWhatAnotherHasToSay()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var teaching = Command("teaching", WholeLaw.Catalogue.Relationships["teaching"], School);
        var principal = room.Person(PersonKind.Professional, School.Value, "rehtori-1", "principal");

        foreach (var (who, command) in new[]
        {
            (room.Person(PersonKind.Professional, School.Value, "ope-1", "teacher"), teaching with { Professional = ProfessionalId.Parse("ope-1") }),
            (principal, teaching with { Professional = ProfessionalId.Parse("rehtori-1") }),
            (principal, teaching with { ToOrganisation = Welfare }),
            (room.Person(PersonKind.Professional, Welfare.Value, "kur-1", "kuraattori"), teaching),
        })
        {
            using var answer = await who.PostAsJsonAsync("/relationships", command, SisoteJson.Options);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "relationship-recorder"), (answer.StatusCode, await answer.SlugAsync()));
        }

        foreach (var never in new[] { "care", "referral", "human-release", "friendship" })
        {
            using var answer = await principal.PostAsJsonAsync("/relationships", teaching with { Kind = never }, SisoteJson.Options);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var said = await principal.PostAsJsonAsync("/relationships", teaching, SisoteJson.Options);
        using var again = await principal.PostAsJsonAsync("/relationships", teaching, SisoteJson.Options);
        using var other = await principal.PostAsJsonAsync("/relationships", teaching with { Professional = ProfessionalId.Parse("ope-2") }, SisoteJson.Options);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (said.StatusCode, again.StatusCode, other.StatusCode));
        Assert.Single((await room.StateAsync(Some.Aino)).State.Relationships);
        using var listed = await room.Operator.PostAsJsonAsync("/relationships/query", new ConsentQuestion { Identifier = Some.Aino }, SisoteJson.Options);
        Assert.Equal(new RelationshipSource(teaching.Id, "professional", School, ProfessionalId.Parse("rehtori-1"), null), (await listed.ReadAsync<RelationshipList>()).Sources.Single());
    }

    [Fact]
    public async Task OnlyTheResponsibleWorkerSaysWhoTakesPart()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var worker = Worker(room, "kur-1");
        var team = Command("team", WholeLaw.Catalogue.Relationships["team"], Welfare) with { Professional = ProfessionalId.Parse("psy-1") };

        using var early = await worker.PostAsJsonAsync("/relationships", team, SisoteJson.Options);
        await BeginAsync(room, "kur-1");
        using var said = await worker.PostAsJsonAsync("/relationships", team, SisoteJson.Options);
        using var colleague = await Worker(room, "kur-2").PostAsJsonAsync("/relationships", team with { Id = Some.Id() }, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (early.StatusCode, said.StatusCode, colleague.StatusCode));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AResponsibleWorkerIsHandedOverInOneStepAndThereIsNeverASecond(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var first = await BeginAsync(room, "kur-1");
        using var second = await Worker(room, "kur-2").PostAsJsonAsync("/relationships", Responsible("kur-2"), SisoteJson.Options);
        var before = (await room.StateAsync(Some.Aino)).State;
        room.Clock.Advance(TimeSpan.FromDays(3));

        var takers = Enumerable.Range(2, 4).Select(number => Worker(room, "kur-1").PostAsJsonAsync(
            $"/relationships/{first}/hand-over", new HandOverRelationship { Id = Some.Id(), Professional = ProfessionalId.Parse($"kur-{number}") }, SisoteJson.Options)).ToArray();
        var answers = await Task.WhenAll(takers);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(1, answers.Count(static answer => answer.StatusCode == HttpStatusCode.OK));
        var state = (await room.StateAsync(Some.Aino)).State;
        Assert.Equal((before.Revision + 1, 2), (state.Revision, state.Relationships.Length));
        var (old, next) = (state.Relationships.Single(static one => one.Status == RelationshipStatus.Ended), state.Relationships.Single(static one => one.Status == RelationshipStatus.Active));
        Assert.Equal((first, next.From), (old.Id, old.To!.Value.AddMilliseconds(1)));
        Array.ForEach(answers, static answer => answer.Dispose());
    }

    [Fact]
    public async Task AStrangerHandsNothingOver()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var first = await BeginAsync(room, "kur-1");
        var command = new HandOverRelationship { Id = Some.Id(), Professional = ProfessionalId.Parse("ope-1") };

        using var foreign = await room.Person(PersonKind.Professional, School.Value, "ope-1", "teacher").PostAsJsonAsync($"/relationships/{first}/hand-over", command, SisoteJson.Options);
        using var absent = await Worker(room, "kur-1").PostAsJsonAsync("/relationships/nothing/hand-over", command, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, absent.StatusCode));
        Assert.Equal(await absent.BodyAsync(), await foreign.BodyAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task InAHouseOfManySectorsARelationshipIsTheBusinessOfTheSectorThatRecordedIt(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, (WholeLaw.Catalogue, WholeLaw.Deployment with { Systems = [.. WholeLaw.Deployment.Systems.Select(static system => system with { Organisation = Welfare })] }));
        var first = await BeginAsync(room, "kur-1");
        var (colleague, stranger) = (Worker(room, "kur-2"), room.Person(PersonKind.Professional, Welfare.Value, "sos-1", "social-worker"));
        var command = new HandOverRelationship { Id = Some.Id(), Professional = ProfessionalId.Parse("kur-3") };

        using var foreign = await stranger.PostAsJsonAsync($"/relationships/{first}/hand-over", command, SisoteJson.Options);
        using var absent = await stranger.PostAsJsonAsync("/relationships/nothing/hand-over", command, SisoteJson.Options);
        using var foreignEnd = await stranger.PostAsync($"/relationships/{first}/end", null);
        using var absentEnd = await stranger.PostAsync("/relationships/nothing/end", null);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, foreignEnd.StatusCode));
        Assert.Equal((await absent.BodyAsync(), await absentEnd.BodyAsync()), (await foreign.BodyAsync(), await foreignEnd.BodyAsync()));
        Assert.Equal((0, 1), (await ListedAsync(stranger), await ListedAsync(colleague)));
        using var handed = await colleague.PostAsJsonAsync($"/relationships/{first}/hand-over", command, SisoteJson.Options);
        using var again = await colleague.PostAsJsonAsync($"/relationships/{command.Id}/hand-over", command with { Id = Some.Id(), Professional = ProfessionalId.Parse("kur-4") }, SisoteJson.Options);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (handed.StatusCode, again.StatusCode));
    }

    private static async Task<int> ListedAsync(HttpClient who) => (await (await who.GetAsync("/relationships")).ReadAsync<RelationshipList>()).Relationships.Length;

    private static HttpClient Worker(OpenRoom room, string who) => room.Person(PersonKind.Professional, Welfare.Value, who, "kuraattori");

    private static RecordRelationship Responsible(string who) =>
        Command("responsible-worker", WholeLaw.Catalogue.Relationships["responsible-worker"], Welfare) with { Professional = ProfessionalId.Parse(who) };

    private static async Task<string> BeginAsync(OpenRoom room, string who)
    {
        using var begun = await Worker(room, who).PostAsJsonAsync("/relationships", Responsible(who), SisoteJson.Options);
        return (await begun.ReadAsync<RelationshipChanged>()).Relationship.Id;
    }

    private static RecordRelationship Command(string kind, RelationshipKind rule, OrganisationId organisation) => new()
    {
        Id = Some.Id(),
        Identifier = Some.Aino,
        Kind = kind,
        FromOrganisation = rule.RecordedBy[0].IsFrom ? organisation : null,
        ToOrganisation = rule.RecordedBy[0].IsFrom ? null : organisation,
        Professional = rule.Person == "required" ? ProfessionalId.Parse("named-1") : null,
    };
}
