// Whose word counts for a client before a consent is recorded, what the guardian reaches of a minor's matters, and what the consents on record say of a request.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class WhoConsentsTests
{
    private static readonly ClientFacts Child = MadeLaw.Born(2012, 3, 1);
    private static readonly DateTimeOffset Now = DemoWorld.Noon;

    // On the eve of the eighteenth birthday and on it.
    private static readonly ClientFacts Tomorrow = MadeLaw.Born(2008, 11, 23);
    private static readonly ClientFacts Today = MadeLaw.Born(2008, 11, 22);

    /// <summary>Who gives, who decides by the act, what a professional recorded, whether the word counts, whether it is enough.</summary>
    public static TheoryData<string, MinorsDecider, string?, bool, bool> Words => new()
    {
        { "client", MinorsDecider.Minor, null, true, true }, { "guardian", MinorsDecider.Minor, null, false, false }, { "client-and-guardian", MinorsDecider.Minor, null, true, true },
        { "client", MinorsDecider.Guardian, null, false, false }, { "guardian", MinorsDecider.Guardian, null, true, true }, { "guardians", MinorsDecider.Guardian, null, true, true },
        { "client", MinorsDecider.MinorOrGuardian, null, true, true }, { "guardian", MinorsDecider.MinorOrGuardian, null, true, true },
        { "client", MinorsDecider.MinorIfCapableElseGuardian, null, false, false }, { "guardian", MinorsDecider.MinorIfCapableElseGuardian, null, false, false },
        { "client", MinorsDecider.MinorIfCapableElseGuardian, "1", false, false }, { "guardian", MinorsDecider.MinorIfCapableElseGuardian, "1", true, true },
        { "client", MinorsDecider.MinorIfCapableElseGuardian, "2", true, true }, { "guardian", MinorsDecider.MinorIfCapableElseGuardian, "3", false, false },
        { "client", MinorsDecider.MinorAndGuardianUnlessMature, "1", true, false }, { "guardian", MinorsDecider.MinorAndGuardianUnlessMature, "1", true, false },
        { "client-and-guardian", MinorsDecider.MinorAndGuardianUnlessMature, "1", true, true }, { "client", MinorsDecider.MinorAndGuardianUnlessMature, "2", true, true },
        { "representative", MinorsDecider.Minor, null, false, false }, { "representative", MinorsDecider.MinorIfCapableElseGuardian, "2", false, false },
        { "neighbour", MinorsDecider.Minor, null, false, false }, { "neighbour", MinorsDecider.MinorOrGuardian, null, false, false },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void AMinorsMatterIsConsentedToAsTheActAndTheRecordSay(string giver, MinorsDecider decider, string? recorded, bool counts, bool alone)
    {
        var facts = recorded is null ? Child : Child with { Capacity = [Recorded(recorded)] };

        var word = WhoConsents.Of(giver, MadeLaw.Policy("health", decider), facts, Now);

        Assert.Equal((counts, alone), (word.Counts, word.Alone));
    }

    [Theory]
    [InlineData("client", true)]
    [InlineData("representative", true)]
    [InlineData("client-and-guardian", true)]
    [InlineData("guardian", false)]
    [InlineData("neighbour", false)]
    public void WhoeverIsOfAgeConsentsAloneOrByARepresentative(string giver, bool counts)
    {
        var guardians = MadeLaw.Policy("health", MinorsDecider.Guardian);

        Assert.Equal(new WhoConsents(counts, counts, []), WhoConsents.Of(giver, guardians, Today, Now));
        Assert.Equal(giver is "client-and-guardian" or "guardian", WhoConsents.Of(giver, guardians, Tomorrow, Now).Counts);
    }

    [Fact]
    public void WhereNoActSharesTheDecisionTheMinorConsentsAlone()
    {
        Assert.Equal((true, true), Word(WhoConsents.Of("client", null, Child, Now)));
        Assert.Equal((false, false), Word(WhoConsents.Of("guardian", null, Child, Now)));
    }

    [Fact]
    public void BelowTheAgeThatTheActNamesAChildIsTakenForNotAbleAndFromItNobodyKnows()
    {
        var policy = MadeLaw.Policy("health", MinorsDecider.MinorIfCapableElseGuardian, assumedNotAbleBelow: 12);

        Assert.Equal((true, true), Word(WhoConsents.Of("guardian", policy, MadeLaw.Born(2014, 11, 23), Now)));
        Assert.Equal((false, false), Word(WhoConsents.Of("guardian", policy, MadeLaw.Born(2014, 11, 22), Now)));
        Assert.Equal((true, true), Word(WhoConsents.Of("client", policy, MadeLaw.Born(2014, 11, 23) with { Capacity = [Recorded("2")] }, Now)));
    }

    [Fact]
    public void WhereTheAgeIsNotKnownNobodysWordCounts()
    {
        var facts = new ClientFacts { SafetyProhibition = false };

        Assert.Equal((false, false), Word(WhoConsents.Of("client", null, facts, Now)));
        Assert.Equal((false, false), Word(WhoConsents.Of("client", MadeLaw.Policy("health", MinorsDecider.Minor), facts, Now)));
        Assert.Null(WhoConsents.EndOfMinority(facts, Now));
    }

    [Fact]
    public void TheDecisionsThatAWordRestsOnAreThoseInForceInItsContext()
    {
        CapacityDecision[] decisions =
        [
            Recorded("2") with { Id = "in force", From = Now, To = Now }, Recorded("2") with { Id = "open" }, Recorded("2"), Recorded("2") with { Id = "elsewhere", Context = "social" },
            Recorded("2") with { Id = "over", To = Now.AddTicks(-1) }, Recorded("2") with { Id = "to come", From = Now.AddTicks(1) },
        ];

        var word = WhoConsents.Of("client", MadeLaw.Policy("health", MinorsDecider.MinorIfCapableElseGuardian), Child with { Capacity = [.. decisions] }, Now);

        Assert.Equal(["in force", "open"], word.CapacityDecisions);
        Assert.Empty(WhoConsents.Of("client", null, Child with { Capacity = [.. decisions] }, Now).CapacityDecisions);
    }

    [Fact]
    public void AGuardiansWordEndsWithTheLastInstantBeforeTheEighteenthBirthday()
    {
        Assert.Equal(MadeLaw.EndOf(new DateOnly(2026, 11, 22)), WhoConsents.EndOfMinority(Tomorrow, Now));
        Assert.Null(WhoConsents.EndOfMinority(Today, Now));
    }

    [Fact]
    public void WithoutFactsThereIsNothingToSay()
    {
        Assert.Throws<ArgumentNullException>("facts", () => WhoConsents.Of("client", null, null!, Now));
        Assert.Throws<ArgumentNullException>("facts", () => WhoConsents.EndOfMinority(null!, Now));
        Assert.Throws<ArgumentNullException>("facts", () => GuardianReach.IsOpen([], null!, null, Now));
        Assert.Throws<ArgumentNullException>("facts", () => GuardianReach.IsMinor(null!, Now));
        Assert.Throws<ArgumentNullException>("facts", () => GuardianReach.IsAble(null!, "health", Now));
    }

    /// <summary>The facts of a child of ten where the act takes those below twelve for not able, and which contexts a guardian reaches: health, social, one not known.</summary>
    public static TheoryData<string, ClientFacts, bool, bool, bool> Reaches
    {
        get
        {
            var ten = MadeLaw.Born(2016, 3, 1);
            return new()
            {
                { "nothing recorded", ten, true, true, true },
                { "twelve today", MadeLaw.Born(2014, 11, 22), false, false, false },
                { "twelve tomorrow", MadeLaw.Born(2014, 11, 23), true, true, true },
                { "of age", MadeLaw.Born(2008, 11, 22) with { Capacity = [Recorded("1")] }, false, false, false },
                { "age not known", new ClientFacts { SafetyProhibition = false }, false, false, false },
                { "dead", ten with { Deceased = true }, false, false, false },
                { "protected", ten with { SafetyProhibition = true }, false, false, false },
                { "protection not known", ten with { SafetyProhibition = null }, false, false, false },
                { "guardian protected", ten with { GuardianSafetyProhibition = true }, false, false, false },
                { "barred everywhere", ten with { GuardianBar = true }, false, false, false },
                { "barred in health", ten with { GuardianBars = ["health"] }, false, true, false },
                { "barred nowhere", ten with { GuardianBars = [] }, true, true, true },
                { "able in health", ten with { Capacity = [Recorded("2")] }, true, true, true },
                { "able and forbids in health", ten with { Capacity = [Recorded("3")] }, false, false, false },
                { "forbade in health long ago", ten with { Capacity = [Recorded("3") with { To = Now.AddYears(-1) }] }, false, false, false },
                { "not known in health", ten with { Capacity = [Recorded("4")] }, false, true, false },
                { "thirteen, not able in health", MadeLaw.Born(2013, 3, 1) with { Capacity = [Recorded("1")] }, true, false, true },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Reaches))]
    public void AGuardianReachesWhatNeitherAgeNorBarNorSafetyCloses(string what, ClientFacts facts, bool health, bool social, bool unknown)
    {
        MinorsPolicy[] policies = [MadeLaw.Policy("health", MinorsDecider.MinorIfCapableElseGuardian, 12), MadeLaw.Policy("school", MinorsDecider.Guardian)];

        Assert.True((health, social, unknown) == (Open("health"), Open("social"), Open(null)), what);

        bool Open(string? context) => GuardianReach.IsOpen(policies, facts, context, Now);
    }

    [Fact]
    public void WhereActsNameSeveralAgesAGuardianReachesUnaskedOnlyThoseBelowTheLowest()
    {
        MinorsPolicy[] policies = [MadeLaw.Policy("health", MinorsDecider.MinorIfCapableElseGuardian, 15), MadeLaw.Policy("social", MinorsDecider.MinorIfCapableElseGuardian, 12)];

        Assert.True(GuardianReach.IsOpen(policies, MadeLaw.Born(2014, 11, 23), "health", Now));
        Assert.False(GuardianReach.IsOpen(policies, MadeLaw.Born(2014, 11, 22), "health", Now));
    }

    [Fact]
    public void AMinorIsOneWhoIsKnownToBeUnderAgeAndAbleWhereThatIsOnRecord()
    {
        Assert.True(GuardianReach.IsMinor(Tomorrow, Now));
        Assert.False(GuardianReach.IsMinor(Today, Now));
        Assert.False(GuardianReach.IsMinor(new ClientFacts(), Now));
        Assert.Equal([false, true, true, false], new[] { "1", "2", "3", "4" }.Select(static code => GuardianReach.IsAble(Child with { Capacity = [Recorded(code)] }, "health", Now)));
        Assert.False(GuardianReach.IsAble(Child with { Capacity = [Recorded("2")] }, "social", Now));
        Assert.False(GuardianReach.IsAble(Child, "health", Now));
    }

    [Fact]
    public void WhatConsentsSayOfARequestIsToldRuleByRuleAndItemByItem()
    {
        var asks = MadeLaw.Rule with { Consents = [MadeLaw.Asks("SECRECY"), MadeLaw.Asks("GENERAL")] };
        var general = MadeLaw.Consent with { Id = "c-general", Version = 3, Form = ConsentFormId.Parse("GENERAL"), Items = DemoWorld.Ids("weight") };
        var point = new MadeLaw { Rules = [asks, asks with { Id = RuleId.Parse("R-2"), Consents = [] }] }.Point;
        var request = MadeLaw.Request with { Items = DemoWorld.Ids("weight", "name", "shoe-size", "height") };

        var none = point.LookForConsents(request, MadeLaw.Adult, Now);
        var one = point.LookForConsents(request, MadeLaw.Adult with { Consents = [MadeLaw.Consent] }, Now);
        var both = point.LookForConsents(request, MadeLaw.Adult with { Consents = [MadeLaw.Consent, general] }, Now);

        Assert.Equal(["R-1 weight NoConsent", "R-1 name NoConsent"], none.Select(Say));
        Assert.Equal(["R-1 weight WrongForm", "R-1 name WrongForm"], one.Select(Say));
        Assert.All(both, static look => Assert.Equal(["SECRECY", "GENERAL"], look.Forms.Select(static form => form.Value)));
        Assert.Equal(["R-1 weight none missing, c-1 1 SECRECY, c-general 3 GENERAL", "R-1 name WrongForm"], both.Select(Say));
        Assert.Empty(point.LookForConsents(request with { Direction = Direction.Write }, MadeLaw.Adult, Now));
        Assert.Empty(point.LookForConsents(request with { To = MadeLaw.Request.From }, MadeLaw.Adult, Now));
    }

    private static string Say(ConsentLook look) => $"{look.Rule} {look.Item} {look.Missing?.ToString() ?? "none missing"}" + string.Concat(look.Consents.Select(static consent => $", {consent.Id} {consent.Version} {consent.Form}"));

    private static CapacityDecision Recorded(string code) => new() { Code = code, Context = "health" };

    private static (bool Counts, bool Alone) Word(WhoConsents word) => (word.Counts, word.Alone);
}
