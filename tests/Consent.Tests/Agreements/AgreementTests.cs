// Agreements: taken over from the deployment file, recorded, ended, and seen by their parties alone.
using System.Net;
using System.Net.Http.Json;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;
using Sisote.Policy.States;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Agreements;

public sealed class AgreementTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheDeploymentFilesAgreementsAreTakenOverOnceAndAnEndedOneDoesNotComeBack(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var before = await ListAsync(room.Operator);
        using var ended = await room.Operator.PostAsync("/agreements/kuopio-on-behalf/end", null);
        var changed = await ended.ReadAsync<AgreementChanged>();

        await room.ReopenAsync();

        var after = await ListAsync(room.Operator);
        Assert.Equal((1L, null), (before.Revision, before.Agreements.Single().To));
        Assert.Equal((2L, changed.Agreement.To), (after.Revision, after.Agreements.Single().To));
        Assert.True(changed.Agreement.To < room.Clock.GetUtcNow());
        Assert.Equal(2, (await room.StateAsync(Some.Aino)).State.AgreementsRevision);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnAdministratorSeesAndEndsOnlyAgreementsOfTheOwnOrganisation(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var stranger = room.Person(PersonKind.ControllerAdmin, "kallan-kulkijat", "hallinto-1");
        var own = room.Person(PersonKind.ControllerAdmin, "pohjois-savo", "hallinto-pelto");

        using var foreign = await stranger.PostAsync("/agreements/kuopio-on-behalf/end", null);
        var seen = await ListAsync(own);
        using var first = await own.PostAsync("/agreements/kuopio-on-behalf/end", null);
        using var second = await own.PostAsync("/agreements/kuopio-on-behalf/end", null);

        Assert.Empty((await ListAsync(stranger)).Agreements);
        Assert.Single(seen.Agreements);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Conflict), (foreign.StatusCode, first.StatusCode, second.StatusCode));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheOperatorRecordsAnAgreementAndItStandsInEveryState(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres);
        var agreement = Some.Agreement("kuopio-cooperation") with { Kind = "cooperation", Parties = [Some.County, Some.Municipality, Some.Club], To = new DateTimeOffset(2030, 12, 31, 0, 0, 0, TimeSpan.Zero) };

        using var recorded = await room.Operator.PostAsJsonAsync("/agreements", agreement, SisoteJson.Options);
        using var again = await room.Operator.PostAsJsonAsync("/agreements", agreement, SisoteJson.Options);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (recorded.StatusCode, again.StatusCode));
        var kept = (await room.StateAsync(Some.Aino)).State.Agreements.Single(one => one.Id == agreement.Id);
        Assert.Equal((agreement.Kind, agreement.From, agreement.To), (kept.Kind, kept.From, kept.To));
        Assert.Equal(agreement.Parties, kept.Parties);
        Assert.Equal(agreement.Flows, kept.Flows);
        var seenByThird = await (await room.Person(PersonKind.DataProtectionOfficer, "kallan-kulkijat", "dpo-1").GetAsync("/log?kind=agreement-change")).ReadAsync<LogPage>();
        Assert.Equal([agreement.Id], seenByThird.Rows.Select(static row => row.Concerns));
    }

    [Fact]
    public async Task AnAgreementOfUnknownPartiesOrRulesIsRefused()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres);
        var good = Some.Agreement("one");
        Agreement[] faulty =
        [
            good with { Id = "a b" },
            good with { Parties = [] },
            good with { Parties = [OrganisationId.Parse("nobody")] },
            good with { Flows = [RuleId.Parse("XX-99")] },
            good with { To = good.From.AddDays(-1) },
        ];

        foreach (var agreement in faulty)
        {
            using var answer = await room.Operator.PostAsJsonAsync("/agreements", agreement, SisoteJson.Options);
            Assert.Equal("invalid-request", await answer.SlugAsync());
        }
    }

    private static async Task<AgreementList> ListAsync(HttpClient who) => await (await who.GetAsync("/agreements")).ReadAsync<AgreementList>();
}
