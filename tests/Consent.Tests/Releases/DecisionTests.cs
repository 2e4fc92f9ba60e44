// Decisions that a professional records before anybody asks: exact in scope, and nobody else's.
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

public sealed class DecisionTests(PostgresFixture postgres)
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ADecisionOpensWhatItNamesAndNothingBeside(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        using var recorded = await RecordAsync(room, Decision(room) with { Items = [Limits], ToProfessional = ProfessionalId.Parse("virkailija-1") });

        Assert.Equal(HttpStatusCode.OK, recorded.StatusCode);
        Assert.Equal(Limits, (await room.DecideAsync(Some.Aino)).Decision.Permits.Single().Item);
        AccessRequest[] others =
        [
            Request with { To = Request.To with { Professional = ProfessionalId.Parse("virkailija-2") } },
            Request with { To = Request.To with { Organisation = OrganisationId.Parse("somebody-else") } },
            Request with { From = Request.From with { Organisation = OrganisationId.Parse("another-county") } },
            Request with { Attestations = [] },
        ];
        foreach (var other in others)
        {
            Assert.True((await room.DecideAsync(Some.Aino, other)).Decision.DeniesAll);
        }

        Assert.True((await room.DecideAsync(Some.Onni)).Decision.DeniesAll);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task TheSameCommandTwiceIsOneDecisionAndAnotherUnderItsIdentifierIsRefused(DatabaseKind kind)
    {
        await using var room = await OpenRoom.OpenAsync(kind, postgres, WholeLaw.Law);
        var decision = Decision(room);

        using var first = await RecordAsync(room, decision);
        using var second = await RecordAsync(room, decision);
        using var other = await RecordAsync(room, decision with { Items = [Identity] });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode, other.StatusCode));
        Assert.Single((await (await room.Doctor().GetAsync("/decisions")).ReadAsync<HumanDecisions>()).Decisions);
    }

    [Fact]
    public async Task WhatDoesNotFitTheLawIsNotRecorded()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var decision = Decision(room);
        foreach (var (odd, status) in new[]
        {
            (decision with { Reason = "not-necessary" }, HttpStatusCode.BadRequest),
            (decision with { Reason = "because" }, HttpStatusCode.BadRequest),
            (decision with { Condition = ConditionId.Parse("capacity-recorded") }, HttpStatusCode.BadRequest),
            (decision with { Items = [] }, HttpStatusCode.BadRequest),
            (decision with { Until = null }, HttpStatusCode.BadRequest),
            (decision with { Until = room.Clock.GetUtcNow().AddDays(-1) }, HttpStatusCode.BadRequest),
            (decision with { Until = room.Clock.GetUtcNow().AddDays(800) }, HttpStatusCode.BadRequest),
            (decision with { ToOrganisation = Giver }, HttpStatusCode.BadRequest),
            (decision with { Items = [DataItemId.Parse("patient-summary")] }, HttpStatusCode.UnprocessableEntity),
            (decision with { Purpose = PurposeId.Parse("teaching-arrangement") }, HttpStatusCode.UnprocessableEntity),
            (decision with { ToRole = RoleId.Parse("teacher") }, HttpStatusCode.UnprocessableEntity),
        })
        {
            using var answer = await RecordAsync(room, odd);
            Assert.True(status == answer.StatusCode, $"{odd} {answer.StatusCode}");
        }

        Assert.Equal(0, (await room.StateAsync(Some.Aino)).State.Revision);
    }

    [Fact]
    public async Task NobodyDecidesForAnotherOrganisationOrRole()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var decision = Decision(room);
        foreach (var who in new[]
        {
            room.Person(PersonKind.Professional, Recipient.Value, "virkailija-1", Officer.Value),
            room.Person(PersonKind.Professional, Giver.Value, "sihteeri-1", "exercise-counsellor"),
        })
        {
            using var answer = await who.PostAsJsonAsync("/decisions", decision, SisoteJson.Options);
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }

        using var recorded = await RecordAsync(room, decision);
        using var foreign = await room.Person(PersonKind.Professional, Recipient.Value, "virkailija-1", Officer.Value).PostAsync($"/decisions/{decision.Id}/withdraw", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (recorded.StatusCode, foreign.StatusCode));
        Assert.Equal(2, (await room.DecideAsync(Some.Aino)).Decision.Permits.Count());
    }

    [Fact]
    public async Task ADecisionCanBeTakenBackAlsoWhenItsRuleIsTurnedOff()
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var decision = Decision(room);
        using var recorded = await RecordAsync(room, decision);
        recorded.EnsureSuccessStatusCode();
        var asking = WholeLaw.Catalogue.Rules.Values.Where(rule => rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions)).Contains(decision.Condition)).Select(static rule => rule.Id);
        room.Deployment = room.Deployment with { RulesOff = [.. asking] };
        await room.ReopenAsync();

        using (var another = await RecordAsync(room, decision with { Id = Some.Id() }))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, another.StatusCode);
        }

        Assert.Equal("active", Assert.Single((await (await room.Doctor().GetAsync("/decisions")).ReadAsync<HumanDecisions>()).Decisions).State);
        using var stranger = await room.Person(PersonKind.Professional, Giver.Value, "sihteeri-1", "exercise-counsellor").PostAsync($"/decisions/{decision.Id}/withdraw", null);
        using var withdrawn = await room.Doctor().PostAsync($"/decisions/{decision.Id}/withdraw", null);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (stranger.StatusCode, withdrawn.StatusCode));
    }

    private static Task<HttpResponseMessage> RecordAsync(OpenRoom room, RecordDecision decision) => room.Doctor().PostAsJsonAsync("/decisions", decision, SisoteJson.Options);

    private static RecordDecision Decision(OpenRoom room) => new()
    {
        Id = Some.Id(),
        Identifier = Some.Aino,
        Condition = ConditionId.Parse("human-release"),
        Items = [Identity, Limits],
        ToOrganisation = Recipient,
        ToSector = Employment,
        ToRole = Officer,
        Purpose = Purpose,
        Reason = "statutory-right",
        Until = room.Clock.GetUtcNow().AddDays(5),
    };
}
