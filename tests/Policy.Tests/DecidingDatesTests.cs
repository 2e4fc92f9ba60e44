// Statutes, rules and ages that begin and end: what is decided on each day, for which reason, and until when it holds.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Policy;

public sealed class DecidingDatesTests
{
    private static readonly DateOnly First = new(2026, 11, 10);
    private static readonly DateOnly Last = new(2026, 11, 20);

    [Theory]
    [InlineData(-1, ReasonClass.NotYetValid)]
    [InlineData(0, null)]
    [InlineData(10, null)]
    [InlineData(11, ReasonClass.NoLongerValid)]
    public void ARuleAppliesFromItsFirstDayToItsLast(int day, ReasonClass? reason)
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { ValidFrom = First, ValidTo = Last }] };

        Assert.Equal(reason, law.Denial(at: OnDay(day))?.Reason);
    }

    [Theory]
    [InlineData(-1, ReasonClass.NotYetValid)]
    [InlineData(0, null)]
    [InlineData(10, null)]
    [InlineData(11, ReasonClass.NoLongerValid)]
    public void ARuleAppliesNoLongerThanTheStatuteThatCarriesIt(int day, ReasonClass? reason)
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { LegalBasis = [MadeLaw.Statute("1/2000", First, Last)] }] };

        Assert.Equal(reason, law.Denial(at: OnDay(day))?.Reason);
    }

    [Theory]
    [InlineData(-1, "1/2000")]
    [InlineData(0, "1/2000 2/2026")]
    [InlineData(10, "1/2000 2/2026")]
    [InlineData(11, "1/2000")]
    public void APermitCitesTheStatutesInForceThatDay(int day, string statutes)
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { LegalBasis = [MadeLaw.Statute("1/2000"), MadeLaw.Statute("2/2026", First, Last)] }] };

        Assert.Equal(statutes, string.Join(' ', Assert.Single(law.Decide(at: OnDay(day)).Permits).Basis.Select(static basis => basis.Statute)));
    }

    [Fact]
    public void BetweenTwoStatutesNothingCarriesTheRuleAndTheDenialSaysThatItIsNoLongerValid()
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { LegalBasis = [MadeLaw.Statute("1/2000", to: First), MadeLaw.Statute("2/2026", from: Last)] }] };

        Assert.Null(law.Denial(at: OnDay(0)));
        Assert.Equal(ReasonClass.NoLongerValid, law.Denial(at: OnDay(1))?.Reason);
        Assert.Equal(ReasonClass.NoLongerValid, law.Denial(at: OnDay(9))?.Reason);
        Assert.Null(law.Denial(at: OnDay(10)));
    }

    [Fact]
    public void OnTheDayOnWhichOneStatuteEndsAndAnotherBeginsBothAreInForceAndTheRuleOnItsLastDayStill()
    {
        var rule = MadeLaw.Rule with { LegalBasis = [MadeLaw.Statute("1/2000", to: Last), MadeLaw.Statute("2/2026", from: Last)], ValidTo = Last };

        var permit = Assert.Single(new MadeLaw { Rules = [rule] }.Decide(at: OnDay(10)).Permits);

        Assert.Equal(["1/2000", "2/2026"], permit.Basis.Select(static basis => basis.Statute));
    }

    [Fact]
    public void WhereEveryStatuteIsStillToComeTheDenialSaysSo()
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { LegalBasis = [MadeLaw.Statute("1/2026", from: First), MadeLaw.Statute("2/2026", from: Last)] }] };

        Assert.Equal(ReasonClass.NotYetValid, law.Denial(at: OnDay(-1))?.Reason);
    }

    [Fact]
    public void APermitHoldsUntilTheFirstEndOfRuleOrStatute()
    {
        DateTimeOffset? Until(DisclosureRule rule) => new MadeLaw { Rules = [rule] }.Decide(at: OnDay(5)).HoldsUntil;
        var withBoth = MadeLaw.Rule with { LegalBasis = [MadeLaw.Statute("1/2000", to: Last.AddDays(1))], ValidTo = Last };

        Assert.Null(Until(MadeLaw.Rule));
        Assert.Equal(MadeLaw.EndOf(Last), Until(MadeLaw.Rule with { ValidTo = Last }));
        Assert.Equal(MadeLaw.EndOf(Last), Until(withBoth));
        Assert.Equal(MadeLaw.EndOf(Last), Until(withBoth with { ValidTo = Last.AddDays(2), LegalBasis = [MadeLaw.Statute("1/2000", to: Last), MadeLaw.Statute("2/2000", to: Last.AddDays(1))] }));
    }

    [Fact]
    public void ARuleWithTheLastDayOfTheCalendarHasNoEnd()
    {
        var law = new MadeLaw { Rules = [MadeLaw.Rule with { ValidTo = DateOnly.MaxValue, LegalBasis = [MadeLaw.Statute("1/2000", DateOnly.MinValue, DateOnly.MaxValue)] }] };

        Assert.True(law.Decide().PermitsAll);
        Assert.Null(law.Decide().HoldsUntil);
    }

    [Fact]
    public void AConditionOfBeingBelowAnAgeHoldsUntilTheDayBeforeTheBirthday()
    {
        var law = WithCondition(new EvidenceSource.Age(15, Below: true));
        var child = MadeLaw.Adult with { Facts = MadeLaw.Born(2011, 12, 2) };

        Assert.Equal(MadeLaw.EndOf(new DateOnly(2026, 12, 1)), law.Decide(state: child).HoldsUntil);
        Assert.True(law.Decide(state: child).PermitsAll);
        Assert.True(law.Decide(state: child with { Facts = MadeLaw.Born(2011, 11, 22) }).DeniesAll);
        Assert.True(law.Decide(state: child with { Facts = child.Facts with { BirthDate = null } }).DeniesAll);
    }

    [Fact]
    public void AConditionOfHavingReachedAnAgeHasNoEnd()
    {
        var law = WithCondition(new EvidenceSource.Age(7, Below: false));
        var sevenToday = MadeLaw.Adult with { Facts = MadeLaw.Born(2019, 11, 22) };

        Assert.True(law.Decide(state: sevenToday).PermitsAll);
        Assert.Null(law.Decide(state: sevenToday).HoldsUntil);
        Assert.True(law.Decide(state: sevenToday with { Facts = MadeLaw.Born(2019, 11, 23) }).DeniesAll);
    }

    [Fact]
    public void AChildNotYetBornIsBelowEveryAge()
    {
        var unborn = MadeLaw.Adult with { Facts = MadeLaw.Born(2027, 2, 1) };

        Assert.True(WithCondition(new EvidenceSource.Age(1, Below: true)).Decide(state: unborn).PermitsAll);
        Assert.True(WithCondition(new EvidenceSource.Age(1, Below: false)).Decide(state: unborn).DeniesAll);
    }

    private static DateTimeOffset OnDay(int day) => new(First.AddDays(day), new TimeOnly(12, 0), TimeSpan.FromHours(2));

    private static MadeLaw WithCondition(EvidenceSource by) =>
        new() { Rules = [MadeLaw.Rule with { Conditions = [ConditionId.Parse("aged")] }], Conditions = [MadeLaw.Shown("aged", by)] };
}
