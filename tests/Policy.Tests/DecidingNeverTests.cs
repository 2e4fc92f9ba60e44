// What a never rule closes and what a mask keeps back: for whom, for what, when, and until when it does not.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingNeverTests
{
    private static readonly ClientFacts Child = MadeLaw.Born(2016, 12, 2);
    private static readonly DateTimeOffset Soon = DemoWorld.Noon.AddDays(3);
    private static readonly AccessRequest ForAide = MadeLaw.Request with { To = MadeLaw.Request.To with { Role = RoleId.Parse("aide") } };

    /// <summary>Coach and aide get the same; what a test forbids, it forbids to one of them.</summary>
    private static readonly DisclosureRule ForBoth = MadeLaw.Rule with { Pairs = [MadeLaw.Pair("coach", "aide")] };

    [Fact]
    public void ANeverRuleForOneRoleClosesToThatRoleAlsoWhereTheRuleNamesSeveral()
    {
        var law = With(MadeLaw.Never with { ToRoles = [RoleId.Parse("aide")] });

        Assert.Null(law.Denial());
        Assert.Equal("P-1", law.Denial(ForAide)?.Prohibition?.Value);
        Assert.Equal("R-1", law.Denial(ForAide)?.Rule?.Value);
    }

    [Fact]
    public void ARecipientThatANeverRuleExceptsIsTheOnlyOneItDoesNotCloseTo()
    {
        var law = With(MadeLaw.Never with { OnlyRecipients = [MadeLaw.End("sports", "aide")] });
        Assert.Null(law.Denial(ForAide));
        Assert.Equal(ReasonClass.NeverRule, law.Denial()?.Reason);

        law = With(MadeLaw.Never with { OnlyRecipients = [MadeLaw.End("sports", "coach")] });
        Assert.Null(law.Denial());
        Assert.Equal(ReasonClass.NeverRule, law.Denial(ForAide)?.Reason);

        law = With(MadeLaw.Never with { OnlyRecipients = [MadeLaw.End("health", "doctor", "coach")] });
        Assert.All([MadeLaw.Request, ForAide], request => Assert.Equal(ReasonClass.NeverRule, law.Denial(request)?.Reason));
    }

    [Theory]
    [InlineData("sports", null, "care", true)]
    [InlineData("sports", null, "sports", false)]
    [InlineData("sports", "care", "care", false)]
    [InlineData("sports", "care", "sports", true)]
    [InlineData("care", "sports", "sports", false)]
    [InlineData("care", "sports", "care", true)]
    public void APurposeThatANeverRuleExceptsIsThePurposeOfThePairBeforeThatOfTheRule(string ofRule, string? ofPair, string excepted, bool closes)
    {
        var asked = PurposeId.Parse(ofPair ?? ofRule);
        var law = With(
            MadeLaw.Never with { OnlyPurposes = [PurposeId.Parse(excepted)] },
            ForBoth with { Purpose = PurposeId.Parse(ofRule), Pairs = [ForBoth.Pairs[0] with { Purpose = ofPair is null ? null : asked }] });

        Assert.Equal(closes ? ReasonClass.NeverRule : null, law.Denial(MadeLaw.Request with { Purpose = asked })?.Reason);
    }

    [Fact]
    public void ANeverRuleOnOneRuleClosesNothingElse()
    {
        var law = With(MadeLaw.Never with { OnRules = [RuleId.Parse("R-1")] });
        Assert.Equal(ReasonClass.NeverRule, law.Denial()?.Reason);
        Assert.Equal(ReasonClass.WrongDirection, law.Denial(MadeLaw.Request with { Direction = Direction.Notify })?.Reason);

        law = With(MadeLaw.Never with { OnRules = [RuleId.Parse("R-9")] });
        Assert.Null(law.Denial());
    }

    [Theory]
    [InlineData(ClientFact.GuardianSafetyProhibition)]
    [InlineData(ClientFact.Deceased)]
    public void AFactThatIsNotSoClosesNothingAndEndsNothing(ClientFact fact)
    {
        var decision = With(MadeLaw.Never with { When = [fact] }).Decide(state: MadeLaw.Adult with { Facts = Child });

        Assert.True(decision.PermitsAll);
        Assert.Null(decision.HoldsUntil);
    }

    [Fact]
    public void AFactThatNobodyCanJudgeCloses() =>
        Assert.Equal(ReasonClass.NeverRule, With(MadeLaw.Never with { When = [(ClientFact)9] }).Denial()?.Reason);

    [Fact]
    public void WhatIsClosedForPersonsOfAgeClosesOnTheEighteenthBirthdayAndAPermitEndsTheDayBefore()
    {
        var law = With(MadeLaw.Never with { When = [ClientFact.OfAge] });
        var minor = law.Decide(state: MadeLaw.Adult with { Facts = Child });

        Assert.True(minor.PermitsAll);
        Assert.Equal(MadeLaw.EndOf(new DateOnly(2034, 12, 1)), minor.HoldsUntil);
        Assert.Null(law.Denial(state: MadeLaw.Adult with { Facts = MadeLaw.Born(2008, 11, 23) }));
        Assert.Equal(ReasonClass.NeverRule, law.Denial(state: MadeLaw.Adult with { Facts = MadeLaw.Born(2008, 11, 22) })?.Reason);
        Assert.Equal(ReasonClass.NeverRule, law.Denial(state: MadeLaw.Adult with { Facts = new ClientFacts() })?.Reason);
    }

    [Theory]
    [InlineData(9981)]
    [InlineData(9999)]
    public void AChildhoodThatOutlastsTheCalendarHasNoEnd(int year)
    {
        var decision = With(MadeLaw.Never with { When = [ClientFact.OfAge] }).Decide(state: MadeLaw.Adult with { Facts = MadeLaw.Born(year, 12, 31) });

        Assert.True(decision.PermitsAll);
        Assert.Null(decision.HoldsUntil);
    }

    [Fact]
    public void WhatIsClosedWhileNobodyRecordedTheCapacityIsOpenWhileARecordHolds()
    {
        var law = WhereCapacityIsUnknown(MadeLaw.Policy("health", MinorsDecider.Guardian));
        Decision With(params ImmutableArray<CapacityDecision> decisions) => law.Decide(state: MadeLaw.Adult with { Facts = Child with { Capacity = decisions } });

        Assert.True(With().DeniesAll);
        Assert.True(With(Recorded("2")).PermitsAll);
        Assert.Null(With(Recorded("2")).HoldsUntil);
        Assert.Equal(Soon, With(Recorded("2") with { To = Soon }).HoldsUntil);
        Assert.True(With(Recorded("4")).DeniesAll);
        Assert.True(With(Recorded("2") with { Context = "social" }).DeniesAll);
    }

    [Fact]
    public void WhereTheLawAssumesAChildNotAbleTheCapacityIsKnownUntilTheLowestAgeOfAssumption()
    {
        MadeLaw Law(int one, int other) =>
            WhereCapacityIsUnknown(MadeLaw.Policy("health", MinorsDecider.Guardian, one), MadeLaw.Policy("social", MinorsDecider.Guardian, other));
        Decision At(MadeLaw law, ClientFacts facts) => law.Decide(state: MadeLaw.Adult with { Facts = facts });
        var beforeTwelve = MadeLaw.EndOf(new DateOnly(2028, 12, 1));

        Assert.Equal(beforeTwelve, At(Law(12, 15), Child).HoldsUntil);
        Assert.Equal(beforeTwelve, At(Law(15, 12), Child).HoldsUntil);
        Assert.True(At(Law(12, 15), Child).PermitsAll);
        Assert.Equal(MadeLaw.EndOf(new DateOnly(2031, 12, 1)), At(Law(8, 15), Child).HoldsUntil);
        Assert.True(At(Law(8, 9), Child).DeniesAll);
        Assert.Null(At(Law(12, 15), Child with { Capacity = [Recorded("2")] }).HoldsUntil);
    }

    [Fact]
    public void TwoMasksKeepBackWhatEitherNames()
    {
        var name = Mask("P-1", "Patient.name");
        var identifier = Mask("P-2", "Patient.identifier", "Patient.name");
        ImmutableArray<string> Masked(params ImmutableArray<Prohibition> masks) => Permit(masks).Masked;

        Assert.Empty(Masked());
        Assert.Equal(["Patient.name"], Masked(name));
        Assert.Equal(["Patient.name", "Patient.identifier"], Masked(name, identifier));
        Assert.Equal(["Patient.name", "Patient.identifier"], Masked(name, identifier with { Mask = ["Patient.identifier"] }));
    }

    [Theory]
    [InlineData("Patient.name", true)]
    [InlineData("Patient", true)]
    [InlineData("Patient.name.family", true)]
    [InlineData("Patient.nam", false)]
    [InlineData("Patient.nameless", false)]
    [InlineData("Observation.name", false)]
    public void AMaskTouchesAnElementWhatHoldsItAndWhatItHolds(string mask, bool touches)
    {
        var permit = Permit([Mask("P-1", mask)]);

        Assert.Equal(touches ? [mask] : [], permit.Masked);
    }

    [Fact]
    public void WhatAMaskAsksToBeDoneIsAskedOnceAndOnlyWhereItTouches()
    {
        ImmutableArray<string> Asked(params ImmutableArray<Prohibition> masks) =>
            new MadeLaw { Rules = [ForBoth with { Obligations = ["tell"] }], Nevers = masks }.Decide(MadeLaw.Request with { Items = DemoWorld.Ids("name") }).Obligations;

        Assert.Equal(["tell"], Asked(Mask("P-1", "Observation.code") with { Obligations = ["keep"] }));
        Assert.Equal(["tell", "keep"], Asked(Mask("P-1", "Patient.name") with { Obligations = ["keep", "tell"] }, Mask("P-2", "Patient.identifier") with { Obligations = ["keep"] }));
    }

    private static ItemDecision.Permit Permit(ImmutableArray<Prohibition> masks) =>
        Assert.Single(new MadeLaw { Rules = [ForBoth], Nevers = masks }.Decide(MadeLaw.Request with { Items = DemoWorld.Ids("name") }).Permits);

    private static Prohibition Mask(string id, params ImmutableArray<string> elements) =>
        MadeLaw.Never with { Id = ProhibitionId.Parse(id), Items = [], Mask = elements };

    private static MadeLaw With(Prohibition never, DisclosureRule? rule = null) => new() { Rules = [rule ?? ForBoth], Nevers = [never] };

    private static MadeLaw WhereCapacityIsUnknown(params ImmutableArray<MinorsPolicy> policies) =>
        new() { Nevers = [MadeLaw.Never with { When = [ClientFact.CapacityUnknown] }], Minors = policies };

    private static CapacityDecision Recorded(string code) => new() { Code = code, Context = "health" };
}
