// Which relationship on record joins whom: each way in which the law may mean it, with its days of grace.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Tests.Policy;

public sealed class DecidingRelationshipTests
{
    private static readonly DateTimeOffset Soon = DemoWorld.Noon.AddDays(3);

    /// <summary>Of the clinic that gives and of nobody else.</summary>
    private static readonly Relationship AtClinic = DemoWorld.Referral with
    {
        Id = "r-clinic", Kind = "care", FromOrganisation = OrganisationId.Parse("clinic"), ToOrganisation = null, To = null,
    };

    /// <summary>Of the club that gets and of nobody else.</summary>
    private static readonly Relationship AtClub = AtClinic with { Id = "r-club", FromOrganisation = null, ToOrganisation = OrganisationId.Parse("club") };

    private static readonly AccessRequest ByPro = Named("pro");

    [Theory]
    [InlineData(RelationshipEnds.Source, true, false)]
    [InlineData(RelationshipEnds.Recipient, false, true)]
    [InlineData(RelationshipEnds.Requester, false, true)]
    [InlineData(RelationshipEnds.Organisations, false, false)]
    [InlineData(RelationshipEnds.RequesterProfessional, false, false)]
    [InlineData(RelationshipEnds.BothEnds, false, false)]
    [InlineData((RelationshipEnds)9, false, false)]
    public void ARelationshipOfOneHouseShowsOnlyWhatIsAskedOfThatHouse(RelationshipEnds ends, bool ofSource, bool ofRecipient)
    {
        Assert.Equal(ofSource, Opens(ends, MadeLaw.Request, AtClinic));
        Assert.Equal(ofRecipient, Opens(ends, MadeLaw.Request, AtClub));
        Assert.Equal(ofSource, Opens(ends, MadeLaw.Request, AtClub with { ToOrganisation = OrganisationId.Parse("clinic") }));
        Assert.Equal(ofRecipient, Opens(ends, MadeLaw.Request, AtClinic with { FromOrganisation = OrganisationId.Parse("club") }));
    }

    [Theory]
    [InlineData("pro", "pro", true)]
    [InlineData("pro", "other", false)]
    [InlineData("pro", null, false)]
    [InlineData(null, "pro", false)]
    [InlineData(null, null, false)]
    public void ARelationshipOfAProfessionalIsTheirsAlone(string? asking, string? named, bool opens) =>
        Assert.Equal(opens, Opens(RelationshipEnds.RequesterProfessional, Named(asking), AtClub with { Professional = Professional(named) }));

    [Fact]
    public void TheSameNameInAnotherHouseIsSomebodyElse()
    {
        var theirs = AtClub with { Professional = Professional("pro") };

        Assert.True(Opens(RelationshipEnds.RequesterProfessional, ByPro, theirs));
        Assert.False(Opens(RelationshipEnds.RequesterProfessional, ByPro, theirs with { ToOrganisation = OrganisationId.Parse("clinic") }));
        Assert.False(Opens(RelationshipEnds.RequesterProfessional, ByPro, theirs with { ToOrganisation = OrganisationId.Parse("clinic"), FromOrganisation = OrganisationId.Parse("club") }));
        Assert.False(Opens(RelationshipEnds.RequesterProfessional, ByPro, theirs with { ToOrganisation = null }));
    }

    [Fact]
    public void WhereBothEndsMustKnowTheClientOneDoesNotSuffice()
    {
        Assert.True(Opens(RelationshipEnds.BothEnds, MadeLaw.Request, AtClinic, AtClub));
        Assert.False(Opens(RelationshipEnds.BothEnds, MadeLaw.Request, AtClinic));
        Assert.False(Opens(RelationshipEnds.BothEnds, MadeLaw.Request, AtClub));
        Assert.False(Opens(RelationshipEnds.BothEnds, MadeLaw.Request));
    }

    [Fact]
    public void WhereBothEndsKnowTheClientTheRecipientsRelationshipIsCitedAndTheFirstEndEndsThePermit()
    {
        (string? Cited, DateTimeOffset? Until) Shown(params ImmutableArray<Relationship> relationships)
        {
            var decision = Law(RelationshipEnds.BothEnds).Decide(state: MadeLaw.Adult with { Relationships = relationships });
            return (Assert.Single(Assert.Single(decision.Permits).Conditions).Reference, decision.HoldsUntil);
        }

        Assert.Equal(("r-club", null), Shown(AtClinic, AtClub));
        Assert.Equal(("r-club", Soon), Shown(AtClinic with { To = Soon }, AtClub));
        Assert.Equal(("r-club", Soon), Shown(AtClinic, AtClub with { To = Soon }));
        Assert.Equal(("r-club", Soon), Shown(AtClinic with { To = Soon.AddDays(1) }, AtClub with { To = Soon }));
    }

    [Fact]
    public void WhereBothEndsMustKnowTheClientTheOneWhoAsksByNameMustBeTheOneNamed()
    {
        Assert.True(Opens(RelationshipEnds.BothEnds, ByPro, AtClinic, AtClub with { Professional = Professional("pro") }));
        Assert.False(Opens(RelationshipEnds.BothEnds, ByPro, AtClinic, AtClub with { Professional = Professional("other") }));
        Assert.False(Opens(RelationshipEnds.BothEnds, ByPro, AtClinic, AtClub));
    }

    [Fact]
    public void WhereBothEndsMustKnowTheClientAHouseThatAsksWithoutANameDoesNotAskForAColleague()
    {
        var others = Professional("other");

        Assert.False(Opens(RelationshipEnds.BothEnds, MadeLaw.Request, AtClinic, AtClub with { Professional = others }));
        Assert.True(Opens(RelationshipEnds.BothEnds, MadeLaw.Request, AtClinic with { Professional = others }, AtClub));
        Assert.True(Opens(RelationshipEnds.BothEnds, MadeLaw.Request, AtClub with { Id = "r-other", ToOrganisation = OrganisationId.Parse("clinic"), Professional = others }, AtClub));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "pro", false)]
    [InlineData("pro", "pro", true)]
    [InlineData("pro", "other", false)]
    [InlineData("pro", null, true)]
    public void AColleaguesClientIsNotOnesOwn(string? asking, string? named, bool opens) =>
        Assert.Equal(opens, Opens(RelationshipEnds.Requester, Named(asking), AtClub with { Professional = Professional(named) }));

    [Theory]
    [InlineData(0, RelationshipStatus.Active, 0, true)]
    [InlineData(0, RelationshipStatus.Active, 1, false)]
    [InlineData(0, RelationshipStatus.Ended, 0, false)]
    [InlineData(7, RelationshipStatus.Active, 7, true)]
    [InlineData(7, RelationshipStatus.Ended, 7, true)]
    [InlineData(7, RelationshipStatus.Ended, 8, false)]
    [InlineData(7, RelationshipStatus.Requested, 1, false)]
    [InlineData(7, RelationshipStatus.Rejected, 1, false)]
    public void ARelationshipThatEndedStillCountsForItsDaysOfGrace(int grace, RelationshipStatus status, int daysAgo, bool opens)
    {
        var ended = AtClinic with { Status = status, To = DemoWorld.Noon.AddDays(-daysAgo) };

        Assert.Equal(opens, Opens(RelationshipEnds.Source, MadeLaw.Request, grace, ended));
        Assert.False(daysAgo > 0 && Opens(RelationshipEnds.Source, MadeLaw.Request, grace, ended with { To = ended.To!.Value.AddDays(-grace).AddTicks(-1) }));
    }

    [Fact]
    public void ARelationshipThatEndedOnADayNobodyWroteDownCountsNoLonger() =>
        Assert.False(Opens(RelationshipEnds.Source, MadeLaw.Request, 7, AtClinic with { Status = RelationshipStatus.Ended, To = null }));

    [Fact]
    public void APermitHoldsToTheLastDayOfGraceAtBothEnds()
    {
        DateTimeOffset? Until(RelationshipEnds ends, params ImmutableArray<Relationship> relationships) =>
            Law(ends, 7).Decide(state: MadeLaw.Adult with { Relationships = relationships }).HoldsUntil;

        Assert.Equal(Soon.AddDays(7), Until(RelationshipEnds.Source, AtClinic with { To = Soon }));
        Assert.Equal(Soon.AddDays(7), Until(RelationshipEnds.BothEnds, AtClinic with { To = Soon }, AtClub));
        Assert.Null(Until(RelationshipEnds.BothEnds, AtClinic, AtClub));
    }

    private static ProfessionalId? Professional(string? name) => name is null ? null : ProfessionalId.Parse(name);

    private static AccessRequest Named(string? professional) => MadeLaw.Request with { To = MadeLaw.Request.To with { Professional = Professional(professional) } };

    private static bool Opens(RelationshipEnds ends, AccessRequest request, params ImmutableArray<Relationship> relationships) => Opens(ends, request, 0, relationships);

    private static bool Opens(RelationshipEnds ends, AccessRequest request, int grace, params ImmutableArray<Relationship> relationships) =>
        Law(ends, grace).Decide(request, MadeLaw.Adult with { Relationships = relationships }).PermitsAll;

    private static MadeLaw Law(RelationshipEnds ends, int grace = 0) => new()
    {
        Rules = [MadeLaw.Rule with { Conditions = [ConditionId.Parse("known")] }],
        Conditions = [MadeLaw.Shown("known", new EvidenceSource.RecordedRelationship(["care"], ends, grace))],
    };
}
