// Decisions on records, as the gateway takes them.
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecisionTests
{
    [Fact]
    public void TheCounsellorReadsLimitsAndGoalsAndNothingElse()
    {
        var decision = DemoWorld.DecisionPoint.Decide(
            DemoWorld.Read("person-identity", "exercise-restriction", "exercise-goal-plan", "diagnosis", "patient-summary"), DemoWorld.Aino, DemoWorld.Noon);

        Assert.Equal(["person-identity", "exercise-restriction", "exercise-goal-plan"], decision.Permits.Select(static permit => permit.Item.Value));
        Assert.All(decision.Denials, static denial => Assert.Equal(ReasonClass.NeverRule, denial.Reason));
        Assert.Equal(DemoWorld.Referral.To, decision.HoldsUntil);
        Assert.Equal(["703/2023", "906/2019"], decision.Permits.First().Basis.Select(static basis => basis.Statute));
    }

    [Fact]
    public void WithdrawnConsentStopsTheNextRead()
    {
        var withdrawn = DemoWorld.Aino with { Consents = [DemoWorld.Aino.Consents[0] with { Status = ConsentStatus.Withdrawn }] };

        var denial = Assert.IsType<ItemDecision.Deny>(Assert.Single(DemoWorld.DecisionPoint.Decide(DemoWorld.Read("exercise-restriction"), withdrawn, DemoWorld.Noon).Items));

        Assert.Equal((ReasonClass.Withdrawn, RuleId.Parse("EX-02")), (denial.Reason, denial.Rule));
    }

    [Fact]
    public void AColleaguesClientIsNotOnesOwn()
    {
        var salmis = DemoWorld.Aino with { Relationships = [DemoWorld.Referral with { Professional = DemoWorld.Counsellor.Professional }] };
        var read = DemoWorld.Read("exercise-restriction");
        var colleague = read with { To = read.To with { Professional = ProfessionalId.Parse("ohjaaja-niemi") } };

        Assert.True(DemoWorld.DecisionPoint.Decide(read, salmis, DemoWorld.Noon).PermitsAll);
        var denial = Assert.IsType<ItemDecision.Deny>(Assert.Single(DemoWorld.DecisionPoint.Decide(colleague, salmis, DemoWorld.Noon).Items));
        Assert.Equal("relation-verified", denial.Condition?.Value);
        Assert.True(DemoWorld.DecisionPoint.Decide(colleague, DemoWorld.Aino, DemoWorld.Noon).PermitsAll);

        var house = read with { To = read.To with { Professional = null } };
        Assert.True(DemoWorld.DecisionPoint.Decide(house, salmis, DemoWorld.Noon).DeniesAll);
        Assert.True(DemoWorld.DecisionPoint.Decide(house, DemoWorld.Aino, DemoWorld.Noon).PermitsAll);
    }

    [Fact]
    public void TheEntryGoesIntoTheRecordWhileTheContractHoldsAndNotADayLonger()
    {
        var write = DemoWorld.Write("exercise-entry", "exercise-measures");
        var longReferral = DemoWorld.Aino with { Relationships = [DemoWorld.Referral with { To = null }] };

        Assert.True(DemoWorld.DecisionPoint.Decide(write, longReferral, new DateTimeOffset(2027, 12, 31, 23, 59, 59, TimeSpan.FromHours(2))).PermitsAll);
        Assert.True(DemoWorld.DecisionPoint.Decide(write, longReferral, new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.FromHours(2))).DeniesAll);
    }

    [Fact]
    public void FeedbackGoesOnConsentWhereTheContractIsOver()
    {
        var state = DemoWorld.Aino with
        {
            Agreements = [],
            Consents = [DemoWorld.Consent("service-feedback", "exercise-measures") with { RecipientSector = SectorId.Parse("health") }],
        };
        var released = DemoWorld.Write("service-feedback", "exercise-measures") with
        {
            Attestations = [new Attestation { Condition = ConditionId.Parse("human-release"), Reference = "sent by the counsellor" }],
        };

        var decision = DemoWorld.DecisionPoint.Decide(released, state, DemoWorld.Noon);

        Assert.True(decision.PermitsAll, string.Join('\n', decision.Denials));
        Assert.Equal(["recipient-accepts-before-filing"], decision.Obligations);
        Assert.True(DemoWorld.DecisionPoint.Decide(released with { Attestations = [] }, state, DemoWorld.Noon).DeniesAll);
        Assert.True(DemoWorld.DecisionPoint.Decide(released with { From = DemoWorld.Register }, state, DemoWorld.Noon).DeniesAll);
    }

    [Fact]
    public void ASafetyProhibitionThatNobodyKnowsAboutMasksTheContactData()
    {
        var own = DemoWorld.Read("person-contact") with { From = DemoWorld.Register };

        Assert.Equal(
            ["Patient.address", "Patient.telecom"],
            Assert.Single(DemoWorld.DecisionPoint.Decide(own, DemoWorld.Aino with { Facts = new ClientFacts() }, DemoWorld.Noon).Permits).Masked.Order());
        Assert.Empty(Assert.Single(DemoWorld.DecisionPoint.Decide(own, DemoWorld.Aino, DemoWorld.Noon).Permits).Masked);
    }

    [Fact]
    public void AnotherMunicipalitysCounsellorDoesNotUseTheRegister()
    {
        var stranger = DemoWorld.Read("exercise-referral") with { From = DemoWorld.Register with { Organisation = OrganisationId.Parse("siilinjarvi") } };

        Assert.True(DemoWorld.DecisionPoint.Decide(stranger, DemoWorld.Aino, DemoWorld.Noon).DeniesAll);
    }

    [Fact]
    public void AnUnknownAnythingIsADenyAndNeverAnException()
    {
        var request = new AccessRequest
        {
            From = new Party { Sector = SectorId.Parse("shop"), Role = RoleId.Parse("clerk") },
            To = new Party { Sector = SectorId.Parse("street"), Role = default },
            Direction = (Direction)9,
            Purpose = PurposeId.Parse("marketing"),
            Items = [DataItemId.Parse("shoe-size"), default],
            Attestations = default,
            ItemLabels = default,
        };
        var hollow = DemoWorld.Aino with
        {
            Consents = [DemoWorld.Consent() with { Items = default, Status = (ConsentStatus)9 }],
            Relationships = default,
            Agreements = [new Agreement { Id = "a", Kind = "on-behalf", Parties = default, Flows = default, From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue }],
        };

        Assert.True(DemoWorld.DecisionPoint.Decide(request, hollow, DateTimeOffset.MaxValue).DeniesAll);
        Assert.True(DemoWorld.DecisionPoint.Decide(DemoWorld.Read("exercise-restriction"), hollow, DateTimeOffset.MinValue).DeniesAll);
        Assert.Empty(DemoWorld.DecisionPoint.Decide(request with { Items = default }, hollow, DemoWorld.Noon).Items);
    }

    [Theory]
    [InlineData("2027-06-30T23:59:59+03:00", true)]
    [InlineData("2027-07-01T00:00:00+03:00", false)]
    [InlineData("2027-06-30T20:59:59Z", true)]
    [InlineData("2027-06-30T21:00:00Z", false)]
    public void ADayEndsWhenItEndsInFinlandAlsoInSummer(string instant, bool open)
    {
        var text = DemoWorld.DeploymentText.Replace("to: 2027-12-31", "to: 2027-06-30", StringComparison.Ordinal);
        var deployment = Assert.IsType<Sisote.Policy.Deployments.DeploymentReading.Loaded>(
            Sisote.Policy.Deployments.DeploymentReader.Read("sisote.yaml", text, Catalogues.Shipped)).Deployment;
        var state = DemoWorld.Aino with { Agreements = deployment.Agreements, Relationships = [DemoWorld.Referral with { To = null }] };

        var decision = DemoWorld.DecisionPoint.Decide(DemoWorld.Write("exercise-entry"), state, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(open, decision.PermitsAll);
    }
}
