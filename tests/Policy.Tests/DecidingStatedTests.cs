// A case on paper: what its words show, what follows from its fields instead, and how long it holds.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingStatedTests
{
    private static readonly DateTimeOffset Noon = DemoWorld.Noon;
    private static readonly ConditionId Shown = ConditionId.Parse("shown");
    private static readonly ConditionId Plain = ConditionId.Parse("plain");

    /// <summary>Evidence that a field of the case shows or refutes, the facts that refute it, and the facts that leave it unsaid (null = a case never leaves it unsaid).</summary>
    public static TheoryData<EvidenceSource, ClientFacts, ClientFacts?> FromFields => new()
    {
        { new EvidenceSource.Age(18, Below: true), new ClientFacts { BirthDate = new DateOnly(1980, 3, 1) }, new ClientFacts() },
        { new EvidenceSource.CompulsoryEducation(Continues: true), new ClientFacts { CompulsoryAge = false }, new ClientFacts() },
        { new EvidenceSource.SchoolForm(["basic"]), new ClientFacts { SchoolForm = "vocational" }, new ClientFacts() },
        { new EvidenceSource.CapacityRecorded(), new ClientFacts { BirthDate = new DateOnly(2016, 3, 1) }, null },
        { new EvidenceSource.ConsentFound(), new ClientFacts(), null },
        { new EvidenceSource.SameOrganisation(), new ClientFacts(), null },
        { new EvidenceSource.ByChannel([Channel.SingleView]), new ClientFacts { BirthDate = new DateOnly(1980, 3, 1), CompulsoryAge = false, SchoolForm = "x" }, new ClientFacts() },
    };

    [Theory]
    [MemberData(nameof(FromFields))]
    public void WhatFollowsFromTheFieldsOfACaseIsNotStatedOtherwise(EvidenceSource by, ClientFacts refuting, ClientFacts? silent)
    {
        bool Opens(EvidenceSource source, ClientFacts facts) =>
            Decide(Law(new EvidenceSource.Statement(StatementBy.System), source), new StatedCondition(Shown), facts: facts).PermitsAll;

        Assert.Equal(by is EvidenceSource.ByChannel, Opens(by, refuting));
        Assert.True(silent is null || Opens(by, silent));
    }

    [Fact]
    public void AStatedConditionIsCitedAsStatedAndHoldsBetweenItsInstants()
    {
        var law = Law();
        var decision = Decide(law, new StatedCondition(Shown, Noon, Noon, "file 7"));

        var evidence = Assert.Single(Assert.Single(decision.Permits).Conditions);
        Assert.Equal(("stated", "file 7", Noon), (evidence.Source, evidence.Reference, decision.HoldsUntil));
        Assert.Null(Decide(law, new StatedCondition(Shown)).HoldsUntil);
        Assert.True(Decide(law, new StatedCondition(Shown, Noon.AddTicks(1))).DeniesAll);
        Assert.True(Decide(law, new StatedCondition(Shown, null, Noon.AddTicks(-1))).DeniesAll);
        Assert.True(Decide(law, new StatedCondition(Shown, Ended: true)).DeniesAll);
        Assert.True(Decide(law, new StatedCondition(Shown, null, Noon.AddDays(1), Ended: true)).DeniesAll);
        Assert.True(Decide(law, new StatedCondition(Plain)).DeniesAll);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void AConditionWithDaysOfGraceRestsOnTheSameConditionWithoutThemThatEnded(int daysAgo, bool opens)
    {
        var ended = new StatedCondition(Plain, null, Noon.AddDays(-daysAgo), Ended: true);
        var decision = Decide(WithGrace(Grace(7), Grace(0)), ended);

        Assert.Equal(opens, decision.PermitsAll);
        Assert.Equal(opens ? Noon.AddDays(7 - daysAgo) : null, decision.HoldsUntil);
    }

    [Fact]
    public void DaysOfGraceAreGivenOnlyToTheSameKindOfRelationshipBetweenTheSameEnds()
    {
        var ended = new StatedCondition(Plain, null, Noon.AddDays(-1), Ended: true);
        var stands = new StatedCondition(Plain);

        Assert.True(Decide(WithGrace(Grace(7), Grace(0)), stands).PermitsAll);
        Assert.True(Decide(WithGrace(Grace(7), new EvidenceSource.NamedProfessional(), Grace(0)), ended).PermitsAll);
        Assert.True(Decide(WithGrace(Grace(7), Grace(1)), ended).DeniesAll);
        Assert.True(Decide(WithGrace(Grace(7), Grace(0) with { Kinds = ["case"] }), ended).DeniesAll);
        Assert.True(Decide(WithGrace(Grace(7), Grace(0) with { Between = RelationshipEnds.Source }), ended).DeniesAll);
        Assert.True(Decide(WithGrace(Grace(0), Grace(0)), stands).DeniesAll);
        Assert.True(Decide(WithGrace(Grace(0), Grace(0)), ended).DeniesAll);
        Assert.True(Decide(WithGrace(new EvidenceSource.NamedProfessional(), Grace(0)), stands).DeniesAll);
    }

    [Fact]
    public void OfSeveralStatementsOnOneConditionAnyThatHoldsWillDo()
    {
        var over = new StatedCondition(Shown, null, Noon.AddDays(-1));

        Assert.True(Decide(Law(), over).DeniesAll);
        Assert.Equal(Noon.AddDays(1), Decide(Law(), [over, new StatedCondition(Shown, null, Noon.AddDays(1))]).HoldsUntil);
    }

    private static EvidenceSource.RecordedRelationship Grace(int days) => new(["care"], RelationshipEnds.Requester, days);

    private static MadeLaw Law(params ImmutableArray<EvidenceSource> by) => new()
    {
        Rules = [MadeLaw.Rule with { Conditions = [Shown] }], Conditions = [MadeLaw.Shown("shown", by)],
    };

    private static MadeLaw WithGrace(EvidenceSource shown, params ImmutableArray<EvidenceSource> plain) => new()
    {
        Rules = [MadeLaw.Rule with { Conditions = [Shown] }], Conditions = [MadeLaw.Shown("shown", shown), MadeLaw.Shown("plain", plain)],
    };

    private static Decision Decide(MadeLaw law, params StatedCondition[] stated) => Decide(law, stated, MadeLaw.Adult.Facts);

    private static Decision Decide(MadeLaw law, StatedCondition stated, ClientFacts facts) => Decide(law, [stated], facts);

    private static Decision Decide(MadeLaw law, StatedCondition[] stated, ClientFacts facts) =>
        law.Point.Decide(MadeLaw.Request, MadeLaw.Adult with { Facts = facts }, Noon, new StatedConditions(stated));
}
