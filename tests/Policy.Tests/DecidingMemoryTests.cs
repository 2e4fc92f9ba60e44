// What decisions share, and what they forget: the memory that is used again holds nothing of the last client.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingMemoryTests
{
    private static readonly MadeLaw Law = new()
    {
        Rules = [MadeLaw.Rule with { Consents = [MadeLaw.Asks("SECRECY")], Conditions = [ConditionId.Parse("known"), ConditionId.Parse("found")] }],
        Conditions =
        [
            MadeLaw.Shown("known", new EvidenceSource.RecordedRelationship(["care"], RelationshipEnds.Source, 0)),
            MadeLaw.Shown("found", new EvidenceSource.ConsentFound()),
        ],
    };

    [Fact]
    public void NothingOfAClientStaysInMemoryAfterTheDecision()
    {
        var point = Law.Point;
        var traces = Traces(point);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(traces, static trace => Assert.False(trace.Reference.TryGetTarget(out _), $"{trace.Of} is still held."));
        GC.KeepAlive(point);
    }

    [Fact]
    public void ItemsThatRestOnTheSameShareTheirGroundsAlsoWhereConsentsNameOnlySomeOfThem()
    {
        var request = MadeLaw.Request with { Items = DemoWorld.Ids("weight", "name", "weight") };
        var asking = new MadeLaw { Rules = [MadeLaw.Rule with { Consents = [MadeLaw.Asks("SECRECY")] }] };
        PermitGrounds[] Grounds(MadeLaw law, ConsentRecord consent) =>
            [.. law.Decide(request, MadeLaw.Adult with { Consents = [consent] }).Permits.Select(static permit => permit.Grounds).Distinct(ReferenceEqualityComparer.Instance).Cast<PermitGrounds>()];

        Assert.Single(Grounds(asking, MadeLaw.Consent));
        Assert.Single(Grounds(new MadeLaw(), MadeLaw.Consent with { Items = DemoWorld.Ids("weight") }));
    }

    [Fact]
    public void WhatEveryDecisionSaysInTheSameWordsIsMadeOnce()
    {
        var name = MadeLaw.Request with { Items = DemoWorld.Ids("name") };
        var mask = MadeLaw.Never with { Items = [], Mask = ["Patient.name"] };
        var point = (Law with { Rules = [MadeLaw.Rule with { Conditions = [ConditionId.Parse("of-age")] }], Conditions = [MadeLaw.Shown("of-age", new EvidenceSource.Age(18, Below: false))], Nevers = [mask] }).Point;
        var one = Assert.Single(point.Decide(name, MadeLaw.Adult, DemoWorld.Noon).Permits);
        var other = Assert.Single(point.Decide(name, MadeLaw.Adult, DemoWorld.Noon).Permits);

        Assert.Same(one.Conditions[0], other.Conditions[0]);
        Assert.Equal(["Patient.name"], one.Masked);
        Assert.True(one.Masked == other.Masked);
        Assert.True(one.Consents == ImmutableArray<ConsentReference>.Empty);
        Assert.True(Assert.Single(new MadeLaw().Decide().Permits).Conditions == ImmutableArray<ConditionEvidence>.Empty);
    }

    [Fact]
    public void MoreRecordsThanBeforeAndFewerThanBeforeAreBothReadToTheirEnd()
    {
        var point = new MadeLaw { Rules = [MadeLaw.Rule with { Consents = [MadeLaw.Asks("SECRECY")] }] }.Point;
        var withdrawn = MadeLaw.Consent with { Status = ConsentStatus.Withdrawn };

        foreach (var count in new[] { 0, 1, 5, 2, 9, 0, 1 })
        {
            ImmutableArray<ConsentRecord> before = [.. Enumerable.Range(0, count).Select(index => withdrawn with { Id = $"w-{index}" })];
            Assert.True(point.Decide(MadeLaw.Request, MadeLaw.Adult with { Consents = before }, DemoWorld.Noon).DeniesAll);
            Assert.True(point.Decide(MadeLaw.Request, MadeLaw.Adult with { Consents = before.Add(MadeLaw.Consent) }, DemoWorld.Noon).PermitsAll);
        }
    }

    [Fact]
    public void AConsentThatListsItemsInAnyOrderNamesEachOfThemHoweverOftenItIsAsked()
    {
        var point = new MadeLaw { Rules = [MadeLaw.Rule with { Consents = [MadeLaw.Asks("SECRECY")] }] }.Point;
        var request = MadeLaw.Request with { Items = DemoWorld.Ids("weight", "weight", "name", "name", "weight", "name") };

        Assert.All([["weight", "name"], ["name", "weight"], ["name", "height", "weight"], new[] { "weight", "name", "height" }], items =>
            Assert.True(point.Decide(request, MadeLaw.Adult with { Consents = [MadeLaw.Consent with { Items = DemoWorld.Ids(items) }] }, DemoWorld.Noon).PermitsAll));
    }

    [Fact]
    public void ACodeThatNobodyWroteHasNoNumberAndMoreCodesThanNumbersDoNotCompile()
    {
        var codes = new Codes([string.Empty, "a", "b", "a"]);

        Assert.Equal([Codes.Unknown, 1, 2, Codes.Unknown], new[] { string.Empty, "a", "b", "c" }.Select(codes.NumberOf).Select(static number => (int)number));
        Assert.Equal(3, codes.Count);
        Assert.Equal(65_536, new Codes(Enumerable.Range(1, 65_535).Select(static number => $"c{number}")).Count);
        Assert.Throws<OverflowException>(() => new Codes(Enumerable.Range(1, 65_536).Select(static number => $"c{number}")));
    }

    /// <summary>Of a client who is permitted, and of one more consent than it rests on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (string Of, WeakReference<object> Reference)[] Traces(PolicyDecisionPoint point)
    {
        var consent = MadeLaw.Consent with { Id = new string('c', 9) };
        var relationship = DemoWorld.Referral with { Id = new string('r', 9), Kind = "care", FromOrganisation = OrganisationId.Parse("clinic"), To = null };
        var request = MadeLaw.Request with { Items = DemoWorld.Ids("weight", "name") };
        var state = MadeLaw.Adult with { Consents = [consent, MadeLaw.Consent with { Id = new string('d', 9), Items = [] }], Relationships = [relationship] };
        var decision = point.Decide(request, state, DemoWorld.Noon);

        Assert.True(decision.PermitsAll);
        return
        [
            ("The request", new(request)), ("The state", new(state)), ("The consent", new(consent)), ("The relationship", new(relationship)),
            ("The reference to the relationship", new(relationship.Id)), ("The outcome", new(decision.Items[0])), ("Its grounds", new(Assert.Single(decision.Permits.Take(1)).Grounds)),
        ];
    }
}
