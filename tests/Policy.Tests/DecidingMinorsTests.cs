// Who consents for a child under each policy of the law, which consents are cited, and until when it holds.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingMinorsTests
{
    private static readonly ClientFacts Child = MadeLaw.Born(2016, 12, 2);
    private static readonly DateTimeOffset EndOfMinority = MadeLaw.EndOf(new DateOnly(2034, 12, 1));
    private static readonly DateTimeOffset Soon = DemoWorld.Noon.AddDays(3);

    private static readonly ConsentRecord ByClient = MadeLaw.Consent with { Id = "c-client", GivenBy = "client" };
    private static readonly ConsentRecord ByGuardian = MadeLaw.Consent with { Id = "c-guardian", GivenBy = "guardian" };

    [Theory]
    [InlineData("client", null)]
    [InlineData("representative", null)]
    [InlineData("client-and-guardian", null)]
    [InlineData("guardian", ReasonClass.Guardian)]
    [InlineData("guardians", ReasonClass.Guardian)]
    [InlineData("neighbour", ReasonClass.Guardian)]
    [InlineData("", ReasonClass.Guardian)]
    public void AGrownUpConsentsOrTheirRepresentativeDoes(string giver, ReasonClass? reason) =>
        Assert.Equal(reason, Under(MinorsDecider.Guardian).Denial(state: MadeLaw.Adult with { Consents = [MadeLaw.Consent with { GivenBy = giver }] })?.Reason);

    [Theory]
    [InlineData("guardian", null)]
    [InlineData("guardians", null)]
    [InlineData("client-and-guardian", null)]
    [InlineData("client", ReasonClass.Guardian)]
    [InlineData("representative", ReasonClass.Guardian)]
    [InlineData("neighbour", ReasonClass.Guardian)]
    [InlineData("", ReasonClass.Guardian)]
    public void WhereTheGuardianDecidesNobodyElseDoes(string giver, ReasonClass? reason) =>
        Assert.Equal(reason, Denial(MinorsDecider.Guardian, MadeLaw.Consent with { GivenBy = giver }));

    [Theory]
    [InlineData("guardian", null)]
    [InlineData("client", null)]
    [InlineData("client-and-guardian", null)]
    [InlineData("neighbour", ReasonClass.Guardian)]
    public void WhereEitherDecidesANeighbourStillDoesNot(string giver, ReasonClass? reason) =>
        Assert.Equal(reason, Denial(MinorsDecider.MinorOrGuardian, MadeLaw.Consent with { GivenBy = giver }));

    [Fact]
    public void WhereBothDecideOneAloneDoesNotAndTheDenialSaysThatAGiverIsMissing()
    {
        Assert.Equal(ReasonClass.Guardian, Denial(MinorsDecider.MinorAndGuardianUnlessMature, ByClient));
        Assert.Equal(ReasonClass.Guardian, Denial(MinorsDecider.MinorAndGuardianUnlessMature, ByGuardian));
        Assert.Equal(ReasonClass.Guardian, Denial(MinorsDecider.MinorAndGuardianUnlessMature, ByClient, ByGuardian with { Status = ConsentStatus.Draft }));
        Assert.Equal(ReasonClass.NoConsent, Denial(MinorsDecider.MinorAndGuardianUnlessMature));
    }

    [Fact]
    public void WhereBothDecideBothConsentsAreCitedAndTheFirstEndEndsThePermit()
    {
        var (cited, until) = Permit(MinorsDecider.MinorAndGuardianUnlessMature, ByClient with { To = Soon.AddDays(1) }, ByGuardian with { To = Soon });
        Assert.Equal(("c-client c-guardian", Soon), (cited, until));

        (cited, until) = Permit(MinorsDecider.MinorAndGuardianUnlessMature, ByGuardian with { To = Soon.AddDays(1) }, ByClient with { To = Soon });
        Assert.Equal(("c-client c-guardian", Soon), (cited, until));
    }

    [Fact]
    public void AConsentGivenTogetherIsCitedOnce()
    {
        var (cited, until) = Permit(MinorsDecider.MinorAndGuardianUnlessMature, MadeLaw.Consent with { Id = "c-both", GivenBy = "client-and-guardian" });

        Assert.Equal(("c-both", EndOfMinority), (cited, until));
    }

    [Fact]
    public void TheGuardiansConsentIsCitedAndEndsThePermit()
    {
        var (cited, until) = Permit(MinorsDecider.Guardian, ByClient, ByGuardian with { To = Soon });

        Assert.Equal(("c-guardian", Soon), (cited, until));
    }

    [Theory]
    [InlineData(MinorsDecider.Minor, "client")]
    [InlineData(MinorsDecider.Guardian, "guardian")]
    [InlineData(MinorsDecider.MinorOrGuardian, "guardian")]
    public void WhatAChildsConsentOpensEndsTheDayBeforeTheChildIsOfAge(MinorsDecider decider, string giver) =>
        Assert.Equal(EndOfMinority, Permit(decider, MadeLaw.Consent with { GivenBy = giver }).Until);

    [Fact]
    public void WhereNoPolicySpeaksTheChildConsentsAndThatTooEndsWithChildhood()
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { Consents = [MadeLaw.Asks("SECRECY")] }] };
        var decision = law.Decide(state: MadeLaw.Adult with { Facts = Child, Consents = [ByClient] });

        Assert.True(decision.PermitsAll);
        Assert.Equal(EndOfMinority, decision.HoldsUntil);
        Assert.Equal(ReasonClass.Guardian, law.Denial(state: MadeLaw.Adult with { Facts = Child, Consents = [ByGuardian] })?.Reason);
    }

    [Fact]
    public void AGrownUpsConsentHasNoEndOfItsOwn() =>
        Assert.Null(Under(MinorsDecider.Guardian).Decide(state: MadeLaw.Adult with { Consents = [ByClient] }).HoldsUntil);

    [Fact]
    public void ACapacityOnRecordIsAskedInTheContextOfTheRule()
    {
        var law = Recorded(MadeLaw.Policy("health", MinorsDecider.Minor), MadeLaw.Policy("school", MinorsDecider.Minor));
        bool Opens(params ImmutableArray<CapacityDecision> decisions) =>
            law.Decide(state: MadeLaw.Adult with { Facts = Child with { Capacity = decisions }, Consents = [ByClient] }).PermitsAll;

        Assert.False(Opens());
        Assert.True(Opens(Decision("2", "health")));
        Assert.True(Opens(Decision("1", "health")));
        Assert.False(Opens(Decision("4", "health")));
        Assert.False(Opens(Decision("2", "school")));
        Assert.True(Opens(Decision("2", "health"), Decision("1", "school")));
    }

    [Fact]
    public void ACapacityOnRecordHoldsAsLongAsTheRecord()
    {
        var law = Recorded(MadeLaw.Policy("health", MinorsDecider.Minor));
        ConsentState With(ClientFacts facts) => MadeLaw.Adult with { Facts = facts, Consents = [ByClient] };

        Assert.Equal(Soon, law.Decide(state: With(Child with { Capacity = [Decision("2", "health") with { To = Soon }] })).HoldsUntil);
        Assert.Null(law.Decide(state: With(MadeLaw.Born(2008, 11, 22) with { Capacity = [Decision("2", "health") with { To = Soon }] })).HoldsUntil);
    }

    [Fact]
    public void CapacityIsOnRecordForAPersonOfAgeAndNotForOneWhoseAgeNobodyKnows()
    {
        var law = new MadeLaw
        {
            Rules = [MadeLaw.Rule with { Conditions = [ConditionId.Parse("recorded")] }],
            Conditions = [MadeLaw.Shown("recorded", new EvidenceSource.CapacityRecorded())],
        };
        ItemDecision Outcome(ClientFacts facts) => Assert.Single(law.Decide(state: MadeLaw.Adult with { Facts = facts }).Items);

        Assert.Equal("clock", Source(Outcome(MadeLaw.Born(2008, 11, 22))));
        Assert.Null(Source(Outcome(MadeLaw.Born(2008, 11, 23))));
        Assert.Equal("human", Source(Outcome(MadeLaw.Born(2008, 11, 23) with { Capacity = [Decision("2", "health")] })));
        Assert.Null(Source(Outcome(Child with { BirthDate = null, Capacity = [Decision("2", "health")] })));
    }

    private static string? Source(ItemDecision outcome) => (outcome as ItemDecision.Permit)?.Conditions.Single().Source;

    private static CapacityDecision Decision(string code, string context) => new() { Code = code, Context = context };

    /// <summary>Below 12 the child is assumed not able, where the policy asks.</summary>
    private static MadeLaw Under(MinorsDecider decider) => new()
    {
        Rules = [MadeLaw.Rule with { Consents = [MadeLaw.Asks("SECRECY", "health")] }], Minors = [MadeLaw.Policy("health", decider, assumedNotAbleBelow: 20)],
    };

    private static MadeLaw Recorded(params ImmutableArray<MinorsPolicy> policies) => new()
    {
        Rules = [MadeLaw.Rule with { Consents = [MadeLaw.Asks("GENERAL") with { Objectable = true }, MadeLaw.Asks("SECRECY", "health") with { Objectable = true }], Conditions = [ConditionId.Parse("recorded")] }],
        Conditions = [MadeLaw.Shown("recorded", new EvidenceSource.CapacityRecorded())],
        Minors = policies,
    };

    private static ReasonClass? Denial(MinorsDecider decider, params ImmutableArray<ConsentRecord> consents) =>
        Under(decider).Denial(state: MadeLaw.Adult with { Facts = Child, Consents = consents })?.Reason;

    private static (string Cited, DateTimeOffset? Until) Permit(MinorsDecider decider, params ImmutableArray<ConsentRecord> consents)
    {
        var decision = Under(decider).Decide(state: MadeLaw.Adult with { Facts = Child, Consents = consents });
        return (string.Join(' ', Assert.Single(decision.Permits).Consents.Select(static consent => consent.Id)), decision.HoldsUntil);
    }
}
