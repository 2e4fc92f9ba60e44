// Which relationships, agreements and statements a decision believes.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingRecordTests
{
    private static readonly AccessRequest Read = DemoWorld.Read("exercise-restriction");
    private static readonly AccessRequest Entry = DemoWorld.Write("exercise-entry");

    [Fact]
    public void AReferralHoldsFromItsFirstInstantToItsLastWhileItIsActive()
    {
        Assert.Null(Missing(DemoWorld.Referral with { From = DemoWorld.Noon, To = DemoWorld.Noon }));
        Assert.Null(Missing(DemoWorld.Referral with { To = null }));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { From = DemoWorld.Noon.AddTicks(1) }));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { To = DemoWorld.Noon.AddTicks(-1) }));
        Assert.All(
            [RelationshipStatus.Requested, RelationshipStatus.Rejected, RelationshipStatus.Ended, (RelationshipStatus)9],
            static status => Assert.Equal("referral-active", Missing(DemoWorld.Referral with { Status = status })));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { Kind = "friendship" }));
    }

    [Fact]
    public void AReferralJoinsItsTwoOrganisationsWhicheverReferred()
    {
        var county = DemoWorld.Referral.FromOrganisation;
        var municipality = DemoWorld.Referral.ToOrganisation;
        var other = OrganisationId.Parse("siilinjarvi");

        Assert.Null(Missing(DemoWorld.Referral with { FromOrganisation = municipality, ToOrganisation = county }));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { FromOrganisation = other }));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { ToOrganisation = other }));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { FromOrganisation = municipality, ToOrganisation = other }));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { FromOrganisation = other, ToOrganisation = county }));
        Assert.Equal("referral-active", Missing(DemoWorld.Referral with { FromOrganisation = null, ToOrganisation = null }));
    }

    [Fact]
    public void OfSeveralReferralsTheOneThatLastsLongestIsCitedAndThePermitEndsWithIt()
    {
        var longer = DemoWorld.Referral with { Id = "ref-2", To = DemoWorld.Noon.AddDays(40) };
        foreach (var order in new ImmutableArray<Relationship>[] { [DemoWorld.Referral, longer], [longer, DemoWorld.Referral] })
        {
            var decision = Decide(Read, DemoWorld.Aino with { Relationships = order });
            Assert.Equal("ref-2", Assert.Single(decision.Permits).Conditions.Single(static shown => shown.Condition.Value == "referral-active").Reference);
            Assert.Equal(longer.To, decision.HoldsUntil);
        }
    }

    [Fact]
    public void AnAgreementHelpsOnlyItsPartiesItsRuleAndItsTime()
    {
        bool Opens(Func<Agreement, Agreement> change) =>
            Decide(Entry, DemoWorld.Aino with { Agreements = [.. DemoWorld.Aino.Agreements.Select(change)] }).PermitsAll;

        Assert.True(Opens(static agreement => agreement with { From = DemoWorld.Noon, To = DemoWorld.Noon }));
        Assert.True(Opens(static agreement => agreement with { To = null }));
        Assert.False(Opens(static agreement => agreement with { From = DemoWorld.Noon.AddTicks(1) }));
        Assert.False(Opens(static agreement => agreement with { To = DemoWorld.Noon.AddTicks(-1) }));
        Assert.False(Opens(static agreement => agreement with { Flows = [RuleId.Parse("EX-99")] }));
        Assert.False(Opens(static agreement => agreement with { Kind = "handshake" }));
        Assert.False(Opens(static agreement => agreement with { Parties = [OrganisationId.Parse("pohjois-savo")] }));
        Assert.False(Opens(static agreement => agreement with { Parties = [OrganisationId.Parse("kuopio")] }));
    }

    [Theory]
    [InlineData("planning", true)]
    [InlineData(" ", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void AStatementOfNecessityMustSaySomething(string? words, bool opens)
    {
        var read = Read with { Attestations = [new Attestation { Condition = ConditionId.Parse("necessity-statement"), Reference = words }] };
        var decision = Decide(read, DemoWorld.Aino);

        Assert.Equal(opens, decision.PermitsAll);
        Assert.Equal(opens ? null : "necessity-statement", decision.Denials.SingleOrDefault()?.Condition?.Value);
    }

    [Fact]
    public void AStatementOnSomethingElseSaysNothing() =>
        Assert.True(Decide(Read with { Attestations = [new Attestation { Condition = ConditionId.Parse("human-release"), Reference = "yes" }] }, DemoWorld.Aino).DeniesAll);

    [Fact]
    public void ListsThatACallerLeftUnsetCountAsEmpty()
    {
        var hollow = DemoWorld.Aino with { Relationships = default, Agreements = default, Facts = DemoWorld.Aino.Facts with { Capacity = default } };

        Assert.True(Decide(Read, hollow).DeniesAll);
        Assert.True(Decide(Read with { Attestations = default, ItemLabels = default }, DemoWorld.Aino).DeniesAll);
        Assert.True(Decide(Read with { ItemLabels = default }, DemoWorld.Aino).PermitsAll);
        Assert.True(Decide(Read, DemoWorld.Aino with { Facts = DemoWorld.Aino.Facts with { Capacity = default } }).PermitsAll);
        Assert.True(Decide(Read, DemoWorld.Aino with { Consents = [DemoWorld.Aino.Consents[0], DemoWorld.Consent() with { Id = "c-2", Items = default }] }).PermitsAll);
        Assert.True(Decide(Entry, DemoWorld.Aino with { Agreements = [.. DemoWorld.Aino.Agreements, DemoWorld.Aino.Agreements[0] with { Parties = default }, DemoWorld.Aino.Agreements[0] with { Flows = default }] }).PermitsAll);
    }

    [Fact]
    public void WhereOnlyTheDirectionIsWrongOrOnlyThePurposeTheDenialSaysSo()
    {
        ItemDecision.Deny Denial(AccessRequest request) => Assert.Single(Decide(request, DemoWorld.Aino).Denials);

        var turned = Denial(Read with { Direction = Direction.Write });
        Assert.Equal((ReasonClass.WrongDirection, "EX-02"), (turned.Reason, turned.Rule?.Value));
        Assert.Equal(ReasonClass.WrongPurpose, Denial(Read with { Purpose = PurposeId.Parse("voluntary-hobby") }).Reason);
        Assert.Equal(ReasonClass.WrongPurpose, Denial(Read with { Purpose = PurposeId.Parse("marketing") }).Reason);
        var nowhere = Denial(Read with { To = Read.To with { Sector = SectorId.Parse("shop") } });
        Assert.Equal((ReasonClass.NoRule, null), (nowhere.Reason, nowhere.Rule));
    }

    private static string? Missing(Relationship relationship) =>
        Decide(Read, DemoWorld.Aino with { Relationships = [relationship, DemoWorld.Referral with { Id = "team-1", Kind = "team", To = null }] }).Denials.SingleOrDefault()?.Condition?.Value;

    private static Decision Decide(AccessRequest request, ConsentState state) => DemoWorld.DecisionPoint.Decide(request, state, DemoWorld.Noon);
}
