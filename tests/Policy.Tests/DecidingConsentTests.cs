// Word by word, what a consent opens and what a prohibition closes.
using System.Collections.Immutable;
using Sisote.Policy;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingConsentTests
{
    private static readonly ConsentRecord Given = DemoWorld.Consent("exercise-restriction");

    private static readonly ConsentRecord Forbidden = Given with
    {
        Id = "p-1", Type = ConsentType.Prohibition, Items = [], RecipientSector = null, Purpose = null, From = DemoWorld.Noon.AddDays(-1), To = null,
    };

    [Theory]
    [InlineData("kuopio", null, null, true)]
    [InlineData("siilinjarvi", null, null, false)]
    [InlineData(null, "ohjaaja-salmi", null, true)]
    [InlineData(null, "ohjaaja-niemi", null, false)]
    [InlineData(null, null, "exercise-counsellor", true)]
    [InlineData(null, null, "teacher", false)]
    public void AConsentThatNamesItsRecipientMoreCloselyOpensToThatRecipientOnly(string? organisation, string? person, string? role, bool opens) =>
        Assert.Equal(opens ? null : ReasonClass.WrongRecipient, Reason(Named(Given, organisation, person, role)));

    [Theory]
    [InlineData("kuopio", null, null, true)]
    [InlineData("siilinjarvi", null, null, false)]
    [InlineData(null, "ohjaaja-salmi", null, true)]
    [InlineData(null, "ohjaaja-niemi", null, false)]
    [InlineData(null, null, "exercise-counsellor", true)]
    [InlineData(null, null, "teacher", false)]
    public void AProhibitionThatNamesARecipientClosesToThatRecipientOnly(string? organisation, string? person, string? role, bool closes) =>
        Assert.Equal(closes ? ReasonClass.Prohibition : null, Reason(Given, Named(Forbidden, organisation, person, role)));

    [Theory]
    [InlineData("kuopio-liikunta", "kuopio-liikunta", true, true)]
    [InlineData("kuopio-liikunta", "kuopio-portal", false, false)]
    [InlineData("kuopio-liikunta", null, false, true)]
    [InlineData(null, "kuopio-portal", true, true)]
    [InlineData(null, null, true, true)]
    public void AConsentOpensToTheSystemItNamesAndAProhibitionClosesToThatAndToOneThatDoesNotSayWhichItIs(string? named, string? asks, bool opens, bool closes)
    {
        var read = DemoWorld.Read("exercise-restriction");
        var request = read with { To = read.To with { System = asks is null ? null : SystemId.Parse(asks) } };
        SystemId? system = named is null ? null : SystemId.Parse(named);

        Assert.Equal(opens ? null : ReasonClass.WrongRecipient, ReasonFor(request, Given with { RecipientSystem = system }));
        Assert.Equal(closes ? ReasonClass.Prohibition : null, ReasonFor(request, Given, Forbidden with { RecipientSystem = system }));
    }

    [Fact]
    public void AConsentThatNamesItsSourcesOpensTheDataOfThoseOnlyAndOneThatNamesNoneOfAny()
    {
        var read = DemoWorld.Read("exercise-restriction");
        var here = read.From.Organisation!.Value;
        var elsewhere = OrganisationId.Parse("siilinjarvi");

        Assert.Null(ReasonFor(read, Given with { SourceOrganisations = [elsewhere, here] }));
        Assert.Equal(ReasonClass.WrongRecipient, ReasonFor(read, Given with { SourceOrganisations = [elsewhere] }));
        Assert.Equal(ReasonClass.WrongRecipient, ReasonFor(read, Given with { SourceOrganisations = [] }));
        Assert.Null(ReasonFor(read, Given with { Id = "c-2", SourceOrganisations = [elsewhere] }, Given));
    }

    [Fact]
    public void AProhibitionClosesEverySourceWhicheverItNames() =>
        Assert.Equal(ReasonClass.Prohibition, Reason(Given, Forbidden with { SourceOrganisations = [OrganisationId.Parse("siilinjarvi")] }));

    [Fact]
    public void WhatAProhibitionLeavesUnsaidItCloses()
    {
        Assert.Equal(ReasonClass.Prohibition, Reason(Given, Forbidden));
        Assert.Equal(ReasonClass.Prohibition, Reason(Given, Forbidden with { AllItems = true, Items = DemoWorld.Ids("diagnosis") }));
        Assert.Equal(ReasonClass.Prohibition, Reason(Given, Forbidden with { Items = DemoWorld.Ids("diagnosis", "exercise-restriction") }));
        Assert.Null(Reason(Given, Forbidden with { Items = DemoWorld.Ids("diagnosis") }));
        Assert.Equal(ReasonClass.Prohibition, Reason(Given, Forbidden with { RecipientSector = SectorId.Parse("municipal-sports") }));
        Assert.Null(Reason(Given, Forbidden with { RecipientSector = SectorId.Parse("education") }));
        Assert.Equal(ReasonClass.Prohibition, Reason(Given, Forbidden with { Purpose = PurposeId.Parse("exercise-counselling") }));
        Assert.Null(Reason(Given, Forbidden with { Purpose = PurposeId.Parse("care") }));
        Assert.Null(Reason(Given, Forbidden with { Form = ConsentFormId.Parse("GDPR") }));
    }

    [Fact]
    public void AProhibitionOfAnOrganisationOrPersonAlsoClosesToARecipientWhoSaysNeither()
    {
        var read = DemoWorld.Read("exercise-restriction");
        var nameless = read with { To = read.To with { Professional = null } };

        Assert.Equal(ReasonClass.Prohibition, ReasonFor(nameless, Given, Named(Forbidden, null, "ohjaaja-niemi", null)));
        Assert.Equal(
            ReasonClass.Prohibition,
            ReasonFor(read with { To = read.To with { Organisation = null } }, Given, Named(Forbidden, "siilinjarvi", null, null)));
    }

    [Theory]
    [InlineData(ConsentStatus.Active, true)]
    [InlineData(ConsentStatus.Expired, true)]
    [InlineData((ConsentStatus)9, true)]
    [InlineData(ConsentStatus.Draft, false)]
    [InlineData(ConsentStatus.Withdrawn, false)]
    [InlineData(ConsentStatus.Superseded, false)]
    public void AProhibitionCountsByItsDatesUnlessItWasNeverGivenWithdrawnOrReplaced(ConsentStatus status, bool closes) =>
        Assert.Equal(closes ? ReasonClass.Prohibition : null, Reason(Given, Forbidden with { Status = status }));

    [Fact]
    public void AProhibitionClosesFromItsFirstInstantToItsLastAndAPermitHoldsUntilItBegins()
    {
        Assert.Equal(ReasonClass.Prohibition, Reason(Given, Forbidden with { From = DemoWorld.Noon, To = DemoWorld.Noon }));
        Assert.Null(Reason(Given, Forbidden with { To = DemoWorld.Noon.AddTicks(-1) }));
        Assert.Null(Reason(Given, Forbidden with { From = DemoWorld.Noon.AddTicks(1) }));
        Assert.Equal(DemoWorld.Noon, Decide(DemoWorld.Read("exercise-restriction"), Given, Forbidden with { From = DemoWorld.Noon.AddTicks(1) }).HoldsUntil);
    }

    [Fact]
    public void AConsentOpensFromItsFirstInstantToItsLastAndNoPermitOutlastsIt()
    {
        Assert.Null(Reason(Given with { From = DemoWorld.Noon, To = DemoWorld.Noon }));
        Assert.Equal(ReasonClass.Expired, Reason(Given with { To = DemoWorld.Noon.AddTicks(-1) }));
        Assert.Equal(ReasonClass.NotYetValid, Reason(Given with { From = DemoWorld.Noon.AddTicks(1) }));
        Assert.Equal(DemoWorld.Noon.AddDays(1), Decide(DemoWorld.Read("exercise-restriction"), Given with { To = DemoWorld.Noon.AddDays(1) }).HoldsUntil);
    }

    [Fact]
    public void AnItemisedConsentMustNameItemRecipientAndPurpose()
    {
        Assert.Equal(ReasonClass.NoConsent, Reason(Given with { Items = [], AllItems = true }));
        Assert.Equal(ReasonClass.WrongRecipient, Reason(Given with { RecipientSector = null }));
        Assert.Equal(ReasonClass.WrongPurpose, Reason(Given with { Purpose = null }));
    }

    [Fact]
    public void OfSeveralConsentsThatOpenTheOneThatLastsLongestIsCitedAndTiesGoByTheirId()
    {
        string Cited(params ImmutableArray<ConsentRecord> consents) =>
            Assert.Single(Assert.Single(Decide(DemoWorld.Read("exercise-restriction"), consents).Permits).Consents).Id;

        var forever = Given with { Id = "c-2", To = null };
        Assert.Equal("c-2", Cited(Given, forever));
        Assert.Equal("c-2", Cited(forever, Given));
        Assert.Equal("c-0", Cited(Given, Given with { Id = "c-0" }));
        Assert.Equal("c-0", Cited(Given with { Id = "c-0" }, Given));
    }

    [Fact]
    public void AnEntryThatMayNotGoAsAWholeDoesNotGoInPart()
    {
        var write = DemoWorld.Write("exercise-entry", "diagnosis", "exercise-measures");
        var parts = DemoWorld.DecisionPoint.Decide(write with { Atomic = false }, DemoWorld.Aino, DemoWorld.Noon);
        var whole = DemoWorld.DecisionPoint.Decide(write, DemoWorld.Aino, DemoWorld.Noon);

        Assert.Equal(["exercise-entry", "exercise-measures"], parts.Permits.Select(static permit => permit.Item.Value));
        Assert.Equal(["exercise-entry", "diagnosis", "exercise-measures"], whole.Denials.Select(static deny => deny.Item.Value));
        var reason = Assert.Single(parts.Denials).Reason;
        Assert.All(whole.Denials, deny => Assert.Equal(reason, deny.Reason));
        Assert.Equal(parts.Permits.Select(static permit => (RuleId?)permit.Rule), whole.Denials.Where(static deny => deny.Item.Value != "diagnosis").Select(static deny => deny.Rule));
        Assert.Null(whole.HoldsUntil);
        Assert.Empty(whole.Obligations);
        Assert.Equal(parts.Catalogue, whole.Catalogue);
    }

    [Fact]
    public void AnAccessClassOfAnotherOrganisationDoesNotBound()
    {
        RoleScope Scope(string? organisation, params string[] items) => new()
        {
            Role = RoleId.Parse("exercise-counsellor"), Items = DemoWorld.Ids(items), Organisation = organisation is null ? null : OrganisationId.Parse(organisation),
        };
        bool Opens(params RoleScope[] scopes) => new PolicyDecisionPoint(Catalogues.Shipped, DemoWorld.Deployment with { RoleScopes = [.. scopes] })
            .Decide(DemoWorld.Read("exercise-restriction"), DemoWorld.Aino, DemoWorld.Noon).PermitsAll;

        Assert.True(Opens(Scope(null, "exercise-restriction")));
        Assert.True(Opens(Scope("kuopio", "exercise-restriction"), Scope("siilinjarvi")));
        Assert.False(Opens(Scope("siilinjarvi", "exercise-restriction")));
        Assert.False(Opens(Scope("kuopio", "exercise-restriction"), Scope(null, "diagnosis")));
        Assert.False(Opens(Scope(null, "diagnosis"), Scope("kuopio", "exercise-restriction")));
        Assert.False(Opens());
    }

    private static ConsentRecord Named(ConsentRecord consent, string? organisation, string? person, string? role) => consent with
    {
        RecipientOrganisation = organisation is null ? null : OrganisationId.Parse(organisation),
        RecipientPerson = person is null ? null : ProfessionalId.Parse(person),
        RecipientRole = role is null ? null : RoleId.Parse(role),
    };

    private static Decision Decide(AccessRequest request, params ImmutableArray<ConsentRecord> consents) =>
        DemoWorld.DecisionPoint.Decide(request, DemoWorld.Aino with { Consents = consents }, DemoWorld.Noon);

    private static ReasonClass? Reason(params ImmutableArray<ConsentRecord> consents) => ReasonFor(DemoWorld.Read("exercise-restriction"), consents);

    private static ReasonClass? ReasonFor(AccessRequest request, params ImmutableArray<ConsentRecord> consents) =>
        (Assert.Single(Decide(request, consents).Items) as ItemDecision.Deny)?.Reason;
}
