// Who decides for a minor: as professionals recorded it, and where two records disagree, the narrower.
using CsCheck;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingCapacityTests
{
    private const string NotAble = "1";
    private const string Able = "2";
    private const string AbleAndForbids = "3";
    private const string NotKnown = "4";

    private static readonly DateOnly Fourteen = new(2012, 3, 1);

    /// <summary>The last day on which a child of these tests is below 12.</summary>
    private static readonly DateOnly LastDayAtEleven = new(2026, 12, 1);

    [Theory]
    [InlineData(Able, Able, "client", true)]
    [InlineData(Able, AbleAndForbids, "client", true)]
    [InlineData(Able, AbleAndForbids, "guardian", false)]
    [InlineData(NotAble, NotAble, "guardian", true)]
    [InlineData(NotAble, Able, "client", false)]
    [InlineData(NotAble, Able, "guardian", false)]
    [InlineData(NotAble, AbleAndForbids, "client", false)]
    [InlineData(NotAble, AbleAndForbids, "guardian", false)]
    [InlineData(NotKnown, Able, "client", false)]
    [InlineData(NotKnown, NotAble, "guardian", false)]
    [InlineData("made up", Able, "client", false)]
    public void OfTwoCapacityDecisionsInForceTheNarrowerDecidesAndWhereTheyContradictNobodyConsents(string one, string other, string giver, bool opens)
    {
        Assert.Equal(opens, IsOpen(giver, Decision(one), Decision(other)));
        Assert.Equal(opens, IsOpen(giver, Decision(other), Decision(one)));
    }

    [Theory]
    [InlineData("health", false)]
    [InlineData("social", true)]
    [InlineData("student-welfare", true)]
    public void ACapacityDecisionOfAnotherContextDoesNotCount(string context, bool opens) =>
        Assert.Equal(opens, IsOpen("client", Decision(Able), Decision(NotAble) with { Context = context }));

    [Fact]
    public void ACapacityDecisionCountsFromItsFirstInstantToItsLast()
    {
        Assert.True(IsOpen("client", Decision(Able) with { From = DemoWorld.Noon, To = DemoWorld.Noon }));
        Assert.False(IsOpen("client", Decision(Able) with { From = DemoWorld.Noon.AddTicks(1) }));
        Assert.False(IsOpen("client", Decision(Able) with { To = DemoWorld.Noon.AddTicks(-1) }));
    }

    [Fact]
    public void WhatAMinorsConsentOpensHoldsUntilAnotherCapacityDecisionBegins()
    {
        var begins = DemoWorld.Noon.AddDays(3);
        var decision = Decide("client", Fourteen, Decision(Able), Decision(NotAble) with { From = begins });

        Assert.True(decision.PermitsAll);
        Assert.Equal(begins.AddTicks(-1), decision.HoldsUntil);
    }

    [Fact]
    public void WhatAMinorsConsentOpensHoldsUntilTheFirstCapacityDecisionEnds()
    {
        var ends = DemoWorld.Noon.AddDays(3);

        Assert.Equal(ends, Decide("client", Fourteen, Decision(Able) with { To = ends }, Decision(Able) with { To = ends.AddDays(1) }).HoldsUntil);
        Assert.Equal(ends, Decide("client", Fourteen, Decision(Able) with { To = ends.AddDays(1) }, Decision(Able) with { To = ends }).HoldsUntil);
    }

    [Fact]
    public void AGuardiansConsentForASmallChildWithNoDecisionOnRecordHoldsUntilTheDayBeforeTheChildIsTwelve()
    {
        var decision = Decide("guardian", LastDayAtEleven.AddDays(1).AddYears(-12));

        Assert.True(decision.PermitsAll);
        Assert.Equal(new DateTimeOffset(LastDayAtEleven.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(2)).AddTicks(-1), decision.HoldsUntil);
    }

    [Fact]
    public void AChildOfTwelveWithNoDecisionOnRecordHasNobodyWhoConsents()
    {
        var twelveToday = DateOnly.FromDateTime(DemoWorld.Noon.DateTime).AddYears(-12);

        Assert.All(["client", "guardian", "client-and-guardian"], giver => Assert.True(Decide(giver, twelveToday).DeniesAll));
        Assert.True(Decide("guardian", twelveToday.AddDays(1)).PermitsAll);
        Assert.True(Decide("client", twelveToday.AddDays(1)).DeniesAll);
    }

    [Fact]
    public void APersonIsOfAgeFromTheBirthdayOnAndDecidesAlone()
    {
        var eighteenToday = DateOnly.FromDateTime(DemoWorld.Noon.DateTime).AddYears(-18);

        Assert.True(Decide("client", eighteenToday).PermitsAll);
        Assert.True(Decide("guardian", eighteenToday).DeniesAll);
        Assert.True(Decide("client", eighteenToday.AddDays(1)).DeniesAll);
    }

    [Fact]
    public void ASecondDecisionInForceInTheSameContextNeverOpensAnything() =>
        Gen.Select(DecisionScenes.Request, DecisionScenes.State, Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[0, 17]).Sample(
            (request, state, one, other, age) =>
            {
                var minor = state.Facts with { BirthDate = DateOnly.FromDateTime(DemoWorld.Noon.DateTime).AddYears(-age) };
                HashSet<DataItemId> With(params CapacityDecision[] decisions) =>
                    [.. DemoWorld.DecisionPoint.Decide(request, state with { Facts = minor with { Capacity = [.. decisions] } }, DemoWorld.Noon).Permits.Select(static permit => permit.Item)];
                var (first, second) = (Decision($"{one}"), Decision($"{other}"));

                var both = With(first, second);

                Assert.Subset(With(first), both);
                Assert.Subset(With(second), both);
            },
            iter: 3000);

    private static CapacityDecision Decision(string code) => new() { Code = code, Context = "health" };

    private static bool IsOpen(string giver, params CapacityDecision[] decisions) => Decide(giver, Fourteen, decisions).PermitsAll;

    private static Decision Decide(string giver, DateOnly born, params CapacityDecision[] decisions) => DemoWorld.DecisionPoint.Decide(
        DemoWorld.Read("exercise-restriction"),
        DemoWorld.Aino with
        {
            Facts = new ClientFacts { BirthDate = born, SafetyProhibition = false, Capacity = [.. decisions] },
            Consents = [DemoWorld.Consent("exercise-restriction") with { GivenBy = giver }],
        },
        DemoWorld.Noon);
}
