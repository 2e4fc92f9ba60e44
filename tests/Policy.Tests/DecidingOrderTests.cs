// In which order things stand on record changes neither an outcome nor its reason, and of two records that disagree the narrower decides.
using System.Collections.Immutable;
using CsCheck;
using Sisote.Policy;
using Sisote.Policy.Decisions;
using Sisote.Policy.Deployments;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingOrderTests
{
    private static readonly PolicyDecisionPoint Point = new(Catalogues.Shipped, new Deployment { Organisations = [], Systems = [] });

    private static readonly Gen<(AccessRequest Request, ConsentState State, DateTimeOffset At)> Anything =
        Gen.Select(DecisionScenes.Request, DecisionScenes.State.Select(Numbered), DecisionScenes.Instant);

    private static readonly ConsentRecord Given = DemoWorld.Consent("exercise-restriction");

    private static readonly Dictionary<string, ConsentRecord> Failing = new()
    {
        ["withdrawn"] = Given with { Id = "c-w", Status = ConsentStatus.Withdrawn },
        ["expired"] = Given with { Id = "c-e", To = DemoWorld.Noon.AddTicks(-1) },
        ["expired by its word"] = Given with { Id = "c-x", Status = ConsentStatus.Expired },
        ["not yet valid"] = Given with { Id = "c-n", From = DemoWorld.Noon.AddTicks(1) },
        ["draft"] = Given with { Id = "c-d", Status = ConsentStatus.Draft },
        ["superseded"] = Given with { Id = "c-s", Status = ConsentStatus.Superseded },
        ["of a status nobody knows"] = Given with { Id = "c-u", Status = (ConsentStatus)9 },
        ["for another purpose"] = Given with { Id = "c-p", Purpose = Sisote.Policy.Ids.PurposeId.Parse("care") },
        ["for another recipient"] = Given with { Id = "c-r", RecipientSector = Sisote.Policy.Ids.SectorId.Parse("education") },
        ["of another form"] = Given with { Id = "c-f", Form = Sisote.Policy.Ids.ConsentFormId.Parse("GDPR") },
        ["by a guardian of an adult"] = Given with { Id = "c-g", GivenBy = "guardian" },
        ["by a neighbour"] = Given with { Id = "c-o", GivenBy = "neighbour" },
        ["for another item"] = Given with { Id = "c-i", Items = DemoWorld.Ids("exercise-goal-plan") },
    };

    /// <summary>From the nearest miss to the farthest.</summary>
    private static readonly (string Name, ReasonClass Reason)[] Ranked =
    [
        ("by a guardian of an adult", ReasonClass.Guardian), ("by a neighbour", ReasonClass.Guardian), ("withdrawn", ReasonClass.Withdrawn), ("expired", ReasonClass.Expired),
        ("expired by its word", ReasonClass.Expired), ("not yet valid", ReasonClass.NotYetValid), ("draft", ReasonClass.NoConsent), ("superseded", ReasonClass.NoConsent),
        ("of a status nobody knows", ReasonClass.NoConsent), ("for another purpose", ReasonClass.WrongPurpose), ("for another recipient", ReasonClass.WrongRecipient),
        ("of another form", ReasonClass.WrongForm), ("for another item", ReasonClass.NoConsent),
    ];

    public static TheoryData<string, string, ReasonClass> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, ReasonClass>();
            for (var near = 0; near < Ranked.Length; near++)
            {
                for (var far = near; far < Ranked.Length; far++)
                {
                    pairs.Add(Ranked[near].Name, Ranked[far].Name, Ranked[near].Reason);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void OfTwoConsentsThatDoNotOpenTheNearerTellsTheReasonWhicheverStandsFirstOnRecord(string nearer, string farther, ReasonClass reason)
    {
        Assert.Equal(reason, ReasonWith(Failing[nearer], Failing[farther]));
        Assert.Equal(reason, ReasonWith(Failing[farther], Failing[nearer]));
    }

    [Fact]
    public void AConsentThatOpensIsNotHiddenByOneThatDoesNot() => Assert.All(Failing.Values, failing =>
    {
        Assert.Null(ReasonWith(failing, Given));
        Assert.Null(ReasonWith(Given, failing));
    });

    [Fact]
    public void TheOrderOfRecordsChangesNothingNotEvenAReason() => Gen.Select(Anything, Gen.Int[1, 7]).Sample(
        (scene, turn) =>
        {
            var text = DecisionTotalityTests.Text(Point.Decide(scene.Request, scene.State, scene.At));
            Assert.Equal(text, DecisionTotalityTests.Text(Point.Decide(scene.Request, Turned(scene.State, null), scene.At)));
            Assert.Equal(text, DecisionTotalityTests.Text(Point.Decide(scene.Request, Turned(scene.State, turn), scene.At)));
        },
        iter: 4000);

    [Fact]
    public void WhatHoldsUntilAnInstantHoldsAtEveryInstantBefore() => Gen.Select(Anything, Gen.Double[0, 1]).Sample(
        (scene, part) =>
        {
            var decision = Point.Decide(scene.Request, scene.State, scene.At);
            var lasts = ((decision.HoldsUntil ?? DateTimeOffset.MaxValue) - scene.At).Ticks;
            var then = Point.Decide(scene.Request, scene.State, scene.At.ToUniversalTime().AddTicks(Math.Min(lasts, (long)(lasts * part * part * part))));
            Assert.Subset(then.Permits.Select(static permit => permit.Item).ToHashSet(), decision.Permits.Select(static permit => permit.Item).ToHashSet());
        },
        iter: 6000);

    private static ReasonClass? ReasonWith(params ImmutableArray<ConsentRecord> consents) =>
        (Assert.Single(DemoWorld.DecisionPoint.Decide(DemoWorld.Read("exercise-restriction"), DemoWorld.Aino with { Consents = consents }, DemoWorld.Noon).Items) as ItemDecision.Deny)?.Reason;

    /// <summary>On record every id is there once.</summary>
    private static ConsentState Numbered(ConsentState state) => state with
    {
        Consents = state.Consents.IsDefault ? [] : [.. state.Consents.Select(static (consent, index) => consent with { Id = $"c{index}" })],
        Relationships = state.Relationships.IsDefault ? [] : [.. state.Relationships.Select(static (relationship, index) => relationship with { Id = $"r{index}" })],
        Agreements = state.Agreements.IsDefault ? [] : [.. state.Agreements.Select(static (agreement, index) => agreement with { Id = $"a{index}" })],
        Facts = state.Facts.Capacity.IsDefault ? state.Facts with { Capacity = [] } : state.Facts,
    };

    /// <summary>From the last to the first, or beginning some places later.</summary>
    private static ConsentState Turned(ConsentState state, int? places) => state with
    {
        Consents = Turned(state.Consents, places),
        Relationships = Turned(state.Relationships, places),
        Agreements = Turned(state.Agreements, places),
        Facts = state.Facts with { Capacity = Turned(state.Facts.Capacity, places) },
    };

    private static ImmutableArray<T> Turned<T>(ImmutableArray<T> list, int? places) =>
        places is { } begin ? [.. list.Skip(begin), .. list.Take(begin)] : [.. list.Reverse()];
}
