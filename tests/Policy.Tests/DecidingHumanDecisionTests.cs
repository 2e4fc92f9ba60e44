// Human decisions of the giver: they open exactly what they name, and what waits for them is found by supposing them.
using System.Collections.Immutable;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingHumanDecisionTests
{
    private static readonly LegalCatalogue Law = Catalogues.Shipped;
    private static readonly PolicyDecisionPoint Point = new(Law, new Sisote.Policy.Deployments.Deployment { Organisations = [], Systems = [] });
    private static readonly OrganisationId County = OrganisationId.Parse("county");
    private static readonly OrganisationId Office = OrganisationId.Parse("office");
    private static readonly DataItemId Identity = DataItemId.Parse("person-identity");
    private static readonly DataItemId Limits = DataItemId.Parse("work-ability-limits");
    private static readonly DateTimeOffset Now = DemoWorld.Noon;

    private static readonly AccessRequest Ask = new()
    {
        From = new Party { Sector = SectorId.Parse("health"), Role = RoleId.Parse("health-professional"), Organisation = County },
        To = new Party { Sector = SectorId.Parse("employment"), Role = RoleId.Parse("employment-officer"), Organisation = Office, Professional = ProfessionalId.Parse("p-1") },
        Direction = Direction.Read,
        Purpose = PurposeId.Parse("employment-service"),
        Items = [Identity, Limits],
        Attestations = [.. new[] { "requested-by-recipient", "relation-verified", "necessity-statement" }.Select(static condition => new Attestation { Condition = ConditionId.Parse(condition), Reference = "so", BySystem = true })],
    };

    private static readonly ConsentState Nothing = new() { Client = ClientId.Parse("0123456789abcdef0123456789abcdef"), Revision = 1, AgreementsRevision = 1, Facts = new ClientFacts { SafetyProhibition = false, BirthDate = new DateOnly(1990, 1, 1) } };

    private static readonly Relationship Decision = new()
    {
        Id = "d-1",
        Kind = "human-release",
        Status = RelationshipStatus.Active,
        FromOrganisation = County,
        ToOrganisation = Office,
        From = Now.AddDays(-1),
        To = Now.AddDays(1),
        Scope = new DecisionScope { Items = [Identity, Limits], Sector = Ask.To.Sector, Role = Ask.To.Role, Purpose = Ask.Purpose!.Value },
    };

    [Fact]
    public void ADecisionOpensItsItemsUntilItEnds()
    {
        var decided = Point.Decide(Ask, With(Decision), Now);

        Assert.True(decided.PermitsAll);
        Assert.Equal(Decision.To, decided.HoldsUntil);
        Assert.Contains(decided.Permits.First().Conditions, static shown => shown is { Source: "human", Reference: "d-1", Condition.Value: "human-release" });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void OneItemOfTwoIsOneItemWhicheverComesFirst(int named)
    {
        var items = new[] { Identity, Limits };
        var state = With(Decision with { Scope = Decision.Scope! with { Items = [items[named]] } });

        Assert.Equal([items[named]], Point.Decide(Ask, state, Now).Permits.Select(static permit => permit.Item));
        Assert.Equal([items[named]], Point.Decide(Ask with { Items = [Limits, Identity] }, state, Now).Permits.Select(static permit => permit.Item));
    }

    public static TheoryData<string, Func<Relationship, Relationship>> Others => new()
    {
        { "another giver", static one => one with { FromOrganisation = OrganisationId.Parse("other") } },
        { "another recipient", static one => one with { ToOrganisation = OrganisationId.Parse("other") } },
        { "the other way round", static one => one with { FromOrganisation = Office, ToOrganisation = County } },
        { "another person", static one => one with { Professional = ProfessionalId.Parse("p-2") } },
        { "another role", static one => one with { Scope = one.Scope! with { Role = RoleId.Parse("kela-officer") } } },
        { "another sector", static one => one with { Scope = one.Scope! with { Sector = SectorId.Parse("kela") } } },
        { "another purpose", static one => one with { Scope = one.Scope! with { Purpose = PurposeId.Parse("social-service") } } },
        { "no item", static one => one with { Scope = one.Scope! with { Items = [] } } },
        { "unset items", static one => one with { Scope = one.Scope! with { Items = default } } },
        { "no scope", static one => one with { Scope = null } },
        { "another condition", static one => one with { Kind = "protective-ground" } },
        { "ended", static one => one with { Status = RelationshipStatus.Ended } },
        { "over", static one => one with { To = Now.AddMilliseconds(-1) } },
        { "not begun", static one => one with { From = Now.AddMilliseconds(1) } },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void NothingElseIsADecisionOnThis(string what, Func<Relationship, Relationship> change)
    {
        Assert.True(Point.Decide(Ask, With(change(Decision)), Now).DeniesAll, what);
    }

    [Fact]
    public void WhatWaitsIsWhatOnlyTheDecisionKeepsBack()
    {
        var waiting = Point.FindWaiting(Ask, Nothing, Now);

        Assert.Equal([Identity, Limits], waiting.Select(static one => one.Item));
        Assert.All(waiting, static one => Assert.Equal(("EM-02", "human-release"), (one.Rule.Value, one.Decisions.Single().Value)));
        Assert.Empty(Point.FindWaiting(Ask with { Attestations = [] }, Nothing, Now));
        Assert.Empty(Point.FindWaiting(Ask, With(Decision), Now));
        Assert.Empty(Point.FindWaiting(Ask with { To = Ask.To with { Organisation = County } }, Nothing, Now));
        Assert.Empty(Point.FindWaiting(Ask with { Purpose = null }, Nothing, Now));
        Assert.Equal([Limits], Point.FindWaiting(Ask, With(Decision with { Scope = Decision.Scope! with { Items = [Identity] } }), Now).Select(static one => one.Item));
    }

    [Fact]
    public void TwoDecisionsSayTheSameWhereAllOfThemIsAlikeWhateverTheOrderOfTheirItems()
    {
        var scope = Decision.Scope!;
        DecisionScope[] others =
        [
            scope with { Sector = SectorId.Parse("kela") }, scope with { Role = RoleId.Parse("kela-officer") }, scope with { Purpose = PurposeId.Parse("social-service") }, scope with { Once = true },
            scope with { Items = [Identity] }, scope with { Items = [Identity, Limits, Limits] }, scope with { Items = [Identity, DataItemId.Parse("diagnosis")] }, scope with { Items = [] }, scope with { Items = default },
            scope with { Role = RoleId.Parse("kela-officer"), Items = [Identity] },
        ];

        Assert.Equal(scope, scope with { Items = [Limits, Identity] });
        Assert.Equal(scope.GetHashCode(), (scope with { Items = [Limits, Identity] }).GetHashCode());
        Assert.Equal(scope with { Items = default }, scope with { Items = default });
        Assert.False(scope.Equals(null));
        Assert.All(others, other => Assert.NotEqual(scope, other));
    }

    [Fact]
    public void ADecisionDoesNotStandInForARelationshipOfItsKind()
    {
        var kinds = Law.Conditions.Values.SelectMany(static condition => condition.EvaluatedFrom).OfType<EvidenceSource.RecordedRelationship>().SelectMany(static source => source.Kinds).ToHashSet();

        Assert.DoesNotContain(Law.Conditions.Values, condition => condition.IsDecided && kinds.Contains(condition.Id.Value));
    }

    private static ConsentState With(params ImmutableArray<Relationship> relationships) => Nothing with { Relationships = relationships };
}
