// Of several rules that could carry an item: which one permits it, and which one tells why it is not given.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Tests.Policy;

public sealed class DecidingNearestTests
{
    private static readonly DisclosureRule One = MadeLaw.Rule;
    private static readonly DisclosureRule Two = MadeLaw.Rule with { Id = RuleId.Parse("R-2") };
    private static readonly DateOnly Yesterday = new(2026, 11, 21);

    /// <summary>One condition that always holds and two that never do.</summary>
    private static readonly ImmutableArray<Condition> Conditions = [MadeLaw.Shown("held", new EvidenceSource.MaskApplied()), MadeLaw.Shown("missing"), MadeLaw.Shown("lacking")];

    [Fact]
    public void AStatutoryNotificationIsAskedBeforeAnyOtherRuleAndOfOthersTheFirstById()
    {
        Assert.Equal("R-1", Cited(Two, One));
        Assert.Equal("R-2", Cited(One, Two with { StatutoryNotification = true }));
    }

    [Fact]
    public void WhatAPairIsForGoesBeforeWhatItsRuleIsFor()
    {
        var law = new MadeLaw { Rules = [One with { Pairs = [One.Pairs[0] with { Purpose = PurposeId.Parse("care") }] }] };

        Assert.Null(law.Denial(MadeLaw.Request with { Purpose = PurposeId.Parse("care") }));
        Assert.Equal(ReasonClass.WrongPurpose, law.Denial()?.Reason);
    }

    [Fact]
    public void ARuleOutOfTimeIsAsFarAwayAsOneWithAConditionMissing()
    {
        var missing = One with { Conditions = Ids("missing") };
        var over = Two with { ValidTo = Yesterday };

        Assert.Equal((ReasonClass.ConditionMissing, "R-1", "missing"), Told(missing, over));
        Assert.Equal((ReasonClass.NoLongerValid, "R-1", null), Told(over with { Id = One.Id }, missing with { Id = Two.Id }));
        Assert.Equal((ReasonClass.NoLongerValid, "R-2", null), Told(missing with { Conditions = Ids("missing", "lacking") }, over));
    }

    [Fact]
    public void ARuleOutOfTimeIsToldWithoutTheConditionThatIsMissingToo() =>
        Assert.Equal((ReasonClass.NoLongerValid, "R-1", null), Told(One with { ValidTo = Yesterday, Conditions = Ids("missing") }));

    [Fact]
    public void ARuleThatLacksAConsentIsAsFarAwayAsOneWithAConditionMissing()
    {
        var asking = Two with { Consents = [MadeLaw.Asks("SECRECY")] };

        Assert.Equal((ReasonClass.ConditionMissing, "R-1", "missing"), Told(One with { Conditions = Ids("missing") }, asking));
        Assert.Equal((ReasonClass.NoConsent, "R-2", null), Told(One with { Conditions = Ids("missing", "lacking") }, asking));
    }

    [Fact]
    public void WhereConsentAndConditionAreMissingTheConditionIsTold() =>
        Assert.Equal((ReasonClass.ConditionMissing, "R-1", "missing"), Told(One with { Conditions = Ids("missing"), Consents = [MadeLaw.Asks("SECRECY")] }));

    [Fact]
    public void OfTwoRulesThatLackTheSameTheOneWithMoreShownIsTold() =>
        Assert.Equal((ReasonClass.ConditionMissing, "R-2", "missing"), Told(One with { Conditions = Ids("missing") }, Two with { Conditions = Ids("held", "missing") }));

    [Fact]
    public void AnItemOutsideTheAccessClassIsAsFarAwayAsAConditionMissing()
    {
        var notification = Two with { StatutoryNotification = true, Conditions = Ids("missing") };
        var scope = new RoleScope { Role = RoleId.Parse("coach"), Items = DemoWorld.Ids("name") };
        (ReasonClass, string?, string?) Outside(params ImmutableArray<DisclosureRule> rules) => Told(new MadeLaw { Rules = rules, Conditions = Conditions, Scopes = [scope] });

        Assert.Equal((ReasonClass.ConditionMissing, "R-1", null), Outside(One));
        Assert.Equal((ReasonClass.ConditionMissing, "R-2", "missing"), Outside(One, notification));
        Assert.Equal((ReasonClass.ConditionMissing, "R-1", null), Outside(One, notification with { Conditions = Ids("missing", "lacking") }));
    }

    [Fact]
    public void WhereOnlyAnotherPurposeWouldHelpTheFirstSuchPurposeIsTold()
    {
        var law = new MadeLaw { Rules = [One with { Purpose = PurposeId.Parse("sports") }, Two with { Purpose = PurposeId.Parse("care") }] };

        Assert.Equal((ReasonClass.WrongPurpose, "R-2", null), Told(law, MadeLaw.Request with { Purpose = PurposeId.Parse("research") }));
        Assert.Equal((ReasonClass.WrongPurpose, "R-2", null), Told(law, MadeLaw.Request with { Purpose = null }));
    }

    [Fact]
    public void ARuleWithoutAPurposeIsForRequestsWithoutOneOnly()
    {
        var law = new MadeLaw { Rules = [One with { Purpose = null }] };

        Assert.Null(law.Denial(MadeLaw.Request with { Purpose = null }));
        Assert.Equal((ReasonClass.NoRule, null, null), Told(law));
    }

    [Fact]
    public void ADirectionThatNobodyKnowsOpensNothingForAnyPurpose()
    {
        var everyWay = Enum.GetValues<Direction>().SelectMany(static direction => new[] { "care", "sports" }.Select(purpose =>
            One with { Id = RuleId.Parse($"R-{direction}-{purpose}"), Direction = direction, Purpose = PurposeId.Parse(purpose) }));
        var law = new MadeLaw { Rules = [.. everyWay] };

        Assert.All(["care", "sports"], purpose => Assert.Equal(
            ReasonClass.WrongDirection, law.Denial(MadeLaw.Request with { Purpose = PurposeId.Parse(purpose), Direction = (Direction)3 })?.Reason));
        Assert.True(law.Decide(MadeLaw.Request with { Purpose = null, Direction = (Direction)3 }).DeniesAll);
    }

    private static ImmutableArray<ConditionId> Ids(params string[] conditions) => [.. conditions.Select(ConditionId.Parse)];

    private static string Cited(params ImmutableArray<DisclosureRule> rules) => Assert.Single(new MadeLaw { Rules = rules }.Decide().Permits).Rule.Value;

    private static (ReasonClass Reason, string? Rule, string? Condition) Told(params ImmutableArray<DisclosureRule> rules) =>
        Told(new MadeLaw { Rules = rules, Conditions = Conditions });

    private static (ReasonClass Reason, string? Rule, string? Condition) Told(MadeLaw law, AccessRequest? request = null)
    {
        var denial = law.Denial(request)!;
        return (denial.Reason, denial.Rule?.Value, denial.Condition?.Value);
    }
}
