// Every kind of evidence: what shows a condition, in which words it is cited, and what does not show it.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingConditionTests
{
    private static readonly DateTimeOffset Soon = DemoWorld.Noon.AddDays(3);

    private static readonly Relationship Care = DemoWorld.Referral with
    {
        Id = "rel-1", Kind = "care", FromOrganisation = OrganisationId.Parse("clinic"), ToOrganisation = OrganisationId.Parse("club"), To = null,
    };

    private static readonly Agreement Deal = new()
    {
        Id = "deal-1", Kind = "deal", Parties = [OrganisationId.Parse("clinic"), OrganisationId.Parse("club")], Flows = [RuleId.Parse("R-1")], From = DemoWorld.Noon.AddDays(-1),
    };

    private static readonly AccessRequest Full = MadeLaw.Request with
    {
        To = MadeLaw.Request.To with { Professional = ProfessionalId.Parse("pro") },
        Attestations = [new Attestation { Condition = ConditionId.Parse("shown"), Reference = "as said", BySystem = true }],
    };

    private static readonly ConsentState Recorded = MadeLaw.Adult with
    {
        Relationships = [Care], Agreements = [Deal], Consents = [MadeLaw.Consent], Facts = MadeLaw.Adult.Facts with { CompulsoryAge = true, SchoolForm = "basic" },
    };

    /// <summary>Evidence, the word it is cited by, and what it refers to.</summary>
    public static TheoryData<EvidenceSource, string, string?> Words => new()
    {
        { new EvidenceSource.RecordedRelationship(["care"], RelationshipEnds.Organisations, 0), "relationship", "rel-1" },
        { new EvidenceSource.InForceAgreement("deal"), "agreement", "deal-1" },
        { new EvidenceSource.Statement(StatementBy.Caller), "attestation", "as said" },
        { new EvidenceSource.Statement(StatementBy.System), "system", "as said" },
        { new EvidenceSource.Statement(StatementBy.NamedProfessional), "human", "as said" },
        { new EvidenceSource.ByChannel([Channel.StandingApi]), "system", null },
        { new EvidenceSource.Age(18, Below: false), "clock", null },
        { new EvidenceSource.CapacityRecorded(), "clock", null },
        { new EvidenceSource.CompulsoryEducation(Continues: true), "client-fact", null },
        { new EvidenceSource.SchoolForm(["basic"]), "client-fact", null },
        { new EvidenceSource.ConsentCovers(DataItemId.Parse("name")), "consent", null },
        { new EvidenceSource.ConsentFound(), "consent", null },
        { new EvidenceSource.MaskApplied(), "mask", null },
        { new EvidenceSource.NotCarried(DataItemId.Parse("height")), "mask", null },
        { new EvidenceSource.NamedProfessional(), "system", null },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void WhatShowsAConditionIsCitedByItsWord(EvidenceSource by, string word, string? reference)
    {
        var evidence = Assert.Single(Assert.Single(Law(by).Decide(Full, Recorded).Permits).Conditions);

        Assert.Equal(("shown", word, reference), (evidence.Condition.Value, evidence.Source, evidence.Reference));
    }

    [Fact]
    public void WhereAConsentIsCitedItsConditionRestsOnOneThatWasAskedForAndFound()
    {
        var found = Law(new EvidenceSource.ConsentFound());
        Assert.Null(found.Denial(state: Recorded));

        found = found with { Rules = [found.Rules[0] with { Consents = [MadeLaw.Asks("SECRECY") with { Objectable = true }] }] };
        Assert.Equal("shown", found.Denial(state: Recorded)?.Condition?.Value);
    }

    [Fact]
    public void WhereNoConsentIsAskedTheConditionThatNoneIsHolds()
    {
        var law = Law(new EvidenceSource.ConsentNotAsked());
        Assert.Equal("shown", law.Denial(state: Recorded)?.Condition?.Value);

        law = law with { Rules = [law.Rules[0] with { Consents = [] }] };
        Assert.Equal("system", Assert.Single(Assert.Single(law.Decide(state: Recorded).Permits).Conditions).Source);
    }

    [Fact]
    public void AConsentThatCoversAnItemNamesItOrNamesAll()
    {
        var law = Law(new EvidenceSource.ConsentCovers(DataItemId.Parse("name")));
        var general = law with { Rules = [law.Rules[0] with { Consents = [MadeLaw.Asks("GENERAL")] }] };
        ConsentState With(ConsentRecord consent) => Recorded with { Consents = [consent] };
        var all = MadeLaw.Consent with { Form = ConsentFormId.Parse("GENERAL"), Items = default, AllItems = true };

        Assert.Equal("shown", law.Denial(state: With(MadeLaw.Consent with { Items = DemoWorld.Ids("weight") }))?.Condition?.Value);
        Assert.Null(law.Denial(state: With(MadeLaw.Consent with { Items = DemoWorld.Ids("weight", "name") })));
        Assert.Null(general.Denial(state: With(all)));
    }

    [Fact]
    public void AnItemThatTheRuleDoesNotCarryIsNotCarried()
    {
        Assert.Null(Law(new EvidenceSource.NotCarried(DataItemId.Parse("height"))).Denial(state: Recorded));
        Assert.Equal("shown", Law(new EvidenceSource.NotCarried(DataItemId.Parse("name"))).Denial(state: Recorded)?.Condition?.Value);
        var onlyWeight = Law(new EvidenceSource.NotCarried(DataItemId.Parse("name")));
        onlyWeight = onlyWeight with { Rules = [onlyWeight.Rules[0] with { Pairs = [MadeLaw.Rule.Pairs[0] with { Items = DemoWorld.Ids("weight") }] }] };
        Assert.Null(onlyWeight.Denial(state: Recorded));
    }

    [Fact]
    public void AConditionThatSeveralThingsMayShowNeedsOneOfThem()
    {
        var either = Law(new EvidenceSource.InsideRoleScope(), new EvidenceSource.SchoolForm(["vocational"]));
        var scope = new RoleScope { Role = RoleId.Parse("coach"), Items = DemoWorld.Ids("weight") };

        Assert.Equal("shown", either.Denial(state: Recorded)?.Condition?.Value);
        Assert.Null((either with { Scopes = [scope] }).Denial(state: Recorded));
        Assert.Null(either.Denial(state: Recorded with { Facts = Recorded.Facts with { SchoolForm = "vocational" } }));
    }

    [Fact]
    public void WhereTheConsentIsMissingTheReasonIsTheConsentAndNotAConditionThatItCouldHaveShown()
    {
        var law = Law(new EvidenceSource.ConsentFound(), new EvidenceSource.SchoolForm(["vocational"]));

        Assert.Equal(ReasonClass.NoConsent, law.Denial(state: Recorded with { Consents = [] })?.Reason);
    }

    [Fact]
    public void APermitHoldsAsLongAsTheFirstThingThatShowsTheConditionWhateverElseCould()
    {
        var law = Law(new EvidenceSource.ConsentFound(), new EvidenceSource.RecordedRelationship(["care"], RelationshipEnds.Organisations, 0));
        var state = Recorded with { Relationships = [Care with { To = Soon }] };

        Assert.Null(law.Decide(state: state).HoldsUntil);
        Assert.Equal(Soon, Law(new EvidenceSource.RecordedRelationship(["care"], RelationshipEnds.Organisations, 0)).Decide(state: state).HoldsUntil);
    }

    [Fact]
    public void OfSeveralMissingConditionsTheFirstOfTheRuleIsTold()
    {
        var law = new MadeLaw
        {
            Rules = [MadeLaw.Rule with { Conditions = [.. new[] { "shown", "second", "third" }.Select(ConditionId.Parse)] }],
            Conditions = [MadeLaw.Shown("third"), MadeLaw.Shown("second"), MadeLaw.Shown("shown", new EvidenceSource.MaskApplied())],
        };

        Assert.Equal((ReasonClass.ConditionMissing, "second"), (law.Denial()!.Reason, law.Denial()!.Condition?.Value));
    }

    [Fact]
    public void AnyListOfTheStateThatIsUnsetCountsAsEmpty()
    {
        var law = Law(new EvidenceSource.RecordedRelationship(["care"], RelationshipEnds.Organisations, 0), new EvidenceSource.InForceAgreement("deal"), new EvidenceSource.CapacityRecorded());
        var nothing = MadeLaw.Adult with { Facts = MadeLaw.Born(2016, 12, 2), Consents = [MadeLaw.Consent] };

        Assert.Equal(ReasonClass.NoConsent, law.Denial(state: Recorded with { Consents = default })?.Reason);
        Assert.All(
            [nothing, nothing with { Relationships = default }, nothing with { Agreements = default }, nothing with { Facts = nothing.Facts with { Capacity = default } }],
            state => Assert.Equal("shown", law.Denial(state: state)?.Condition?.Value));
    }

    [Fact]
    public void WithoutAnAgreementsPartiesOrFlowsItHelpsNobody()
    {
        var law = Law(new EvidenceSource.InForceAgreement("deal"));
        bool Opens(Agreement agreement) => law.Decide(state: Recorded with { Agreements = [agreement] }).PermitsAll;

        Assert.True(Opens(Deal));
        Assert.False(Opens(Deal with { Parties = default }));
        Assert.False(Opens(Deal with { Flows = default }));
    }

    private static MadeLaw Law(params ImmutableArray<EvidenceSource> by) => new()
    {
        Rules = [MadeLaw.Rule with { Conditions = [ConditionId.Parse("shown")], Consents = [MadeLaw.Asks("SECRECY")] }],
        Conditions = [MadeLaw.Shown("shown", by)],
    };
}
