// How long a record of the log is kept, by the law and by the controllers.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Retention;

namespace Sisote.Tests.Policy.Retention;

public sealed class LogRetentionTests
{
    private static readonly LegalCatalogue Law = Assert.IsType<CatalogueReading.Loaded>(CatalogueReader.ReadEmbedded()).Catalogue;

    [Fact]
    public void WhereEitherEndIsSocialWelfareOrHealthCareItIsTwelveYearsWhateverTheDeploymentSays()
    {
        foreach (var years in new int?[] { null, 5, 11, 60 })
        {
            var terms = Terms(("city", years), ("club", years));
            foreach (var sector in Law.Retention["log-social-or-health"].EitherEndIs)
            {
                Assert.Equal(new RetentionTerm.Years("log-social-or-health", 12), terms.TermOf(End(sector.Value, "city"), End("education", "club")));
                Assert.Equal(new RetentionTerm.Years("log-social-or-health", 12), terms.TermOf(End("education", "club"), End(sector.Value, "city")));
            }
        }
    }

    [Fact]
    public void AnEndWhoseSectorIsNotOnRecordCountsAsOneThatTheStatuteNames() =>
        Assert.Equal(new RetentionTerm.Years("log-social-or-health", 12), Terms(("city", 5), ("club", 5)).TermOf(End("education", "city"), End(null, "club")));

    [Fact]
    public void ElsewhereTheLongestOfWhatTheControllersSetAndNothingWhereOneHasSetNothing()
    {
        var terms = Terms(("city", 6), ("club", 9), ("school", null));

        Assert.Equal(new RetentionTerm.Years("log-other", 9), terms.TermOf(End("education", "city"), End("third-sector", "club")));
        Assert.Equal(new RetentionTerm.Years("log-other", 6), terms.TermOf(End("education", "city"), End("client", null)));
        Assert.Equal(new RetentionTerm.Unset("log-other", 5), terms.TermOf(End("education", "city"), End("education", "school")));
        Assert.Equal(new RetentionTerm.Unset("log-other", 5), terms.TermOf(End("education", "city"), End("education", "left-the-deployment")));
        Assert.Equal(new RetentionTerm.Unset("log-other", 5), terms.TermOf(End("client", null), End("client", null)));
    }

    [Fact]
    public void ACatalogueWithoutAStatutoryPeriodLetsNothingBeErased()
    {
        var lawless = With(Law, Law.Retention.Where(static pair => pair.Value.EitherEndIs.IsEmpty).Select(static pair => pair.Value));
        var terms = LogRetention.Of(lawless, Deployment(("city", 5)));

        Assert.IsType<RetentionTerm.Unset>(terms.TermOf(End("education", "city"), End("client", null)));
        Assert.IsType<RetentionTerm.Unset>(terms.TermOf(End("health", "city"), End("client", null)));
    }

    [Fact]
    public void TheLastDayIsTheSameDayOfTheYearInWhichTheTimeEnds()
    {
        Assert.Equal(new DateOnly(2036, 2, 29), new RetentionTerm.Years("log-social-or-health", 12).LastDay(new DateOnly(2024, 2, 29)));
        Assert.Equal(new DateOnly(2029, 2, 28), new RetentionTerm.Years("log-other", 5).LastDay(new DateOnly(2024, 2, 29)));
        Assert.Equal(DateOnly.MaxValue, new RetentionTerm.Years("log-other", 9000).LastDay(new DateOnly(2024, 2, 29)));
        Assert.Equal(new DateOnly(9998, 3, 1), new RetentionTerm.Years("log-other", 7974).LastDay(new DateOnly(2024, 3, 1)));
        Assert.Equal(DateOnly.MaxValue, new RetentionTerm.Years("log-other", 7975).LastDay(new DateOnly(2024, 3, 1)));
    }

    [Fact]
    public void EveryChangeOfTheTermsHasAnotherVersion()
    {
        var versions = new[] { Terms(("city", 6)), Terms(("city", 7)), Terms(("club", 6)), Terms(("city", null)), LogRetention.Of(With(Law, []), Deployment(("city", 6))) }.Select(static terms => terms.Version).ToArray();

        Assert.Equal(versions.Length, versions.Distinct().Count());
        Assert.Equal(Terms(("city", 6), ("club", 7)).Version, Terms(("club", 7), ("city", 6)).Version);
    }

    [Fact]
    public void OfTwoPeriodsTheLongestHoldsAndOfTwoAlikeTheOneThatIsNamedFirst()
    {
        RetentionTerm Health(params RetentionPeriod[] periods) => LogRetention.Of(With(Law, [Period("rest", 5), .. periods]), Deployment()).TermOf(End("health", null), End("education", null));

        Assert.Equal(new RetentionTerm.Years("b", 12), Health(Period("a", 6, "health"), Period("b", 12, "health")));
        Assert.Equal(new RetentionTerm.Years("b", 12), Health(Period("b", 12, "health"), Period("a", 6, "health")));
        Assert.Equal(new RetentionTerm.Years("a", 12), Health(Period("b", 12, "health"), Period("a", 12, "health")));
        Assert.Equal("b", LogRetention.LeastOf(With(Law, [Period("a", 5), Period("b", 6), Period("c", 40, "health")]))?.Id);
        Assert.Equal("a", LogRetention.LeastOf(With(Law, [Period("b", 6), Period("a", 6)]))?.Id);
        Assert.Null(LogRetention.LeastOf(With(Law, [Period("a", 5) with { Counted = "after-death" }])));
    }

    [Fact]
    public void NothingIsDueBeforeTheFewestYearsOfAnyPeriod()
    {
        int? Fewest(params RetentionPeriod[] periods) => LogRetention.Of(With(Law, periods), Deployment()).FewestYears;

        Assert.Equal(5, Fewest(Period("a", 12, "health"), Period("b", 5)));
        Assert.Equal(6, Fewest(Period("a", 6, "health"), Period("b", 7)));
        Assert.Equal(12, Fewest(Period("a", 12, "health")));
        Assert.Null(Fewest());
    }

    [Fact]
    public void TheVersionFollowsYearsAndSectorsOfThePeriodsAndNotTheirOrder()
    {
        string Version(params RetentionPeriod[] periods) => LogRetention.Of(With(Law, periods), Deployment(("city", 6))).Version;
        var plain = Version(Period("a", 12, "health", "social"), Period("b", 5));

        Assert.Equal(plain, Version(Period("b", 5), Period("a", 12, "social", "health")));
        Assert.Equal(5, new[] { plain, Version(Period("a", 13, "health", "social"), Period("b", 5)), Version(Period("a", 12, "health"), Period("b", 5)), Version(Period("a", 12, "health", "social"), Period("b", 6)), Version(Period("a", 12, "health", "social")) }.Distinct().Count());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("a 12 health,social\nb 5 \ncity 6"u8)), plain);
    }

    [Fact]
    public void WithoutALawOrADeploymentThereAreNoTerms()
    {
        Assert.Throws<ArgumentNullException>("catalogue", static () => LogRetention.Of(null!, Deployment()));
        Assert.Throws<ArgumentNullException>("deployment", static () => LogRetention.Of(Law, null!));
        Assert.Throws<ArgumentNullException>("catalogue", static () => LogRetention.LeastOf(null!));
    }

    [Theory]
    [InlineData("logYears: 5", null)]
    [InlineData("logYears: 120", null)]
    [InlineData("logYears: 4", "must be a number from 5 to 120")]
    [InlineData("logYears: 121", "must be a number from 5 to 120")]
    [InlineData("logYears: soon", "`logYears` must be a whole number.")]
    public void AControllerMayKeepTheLogLongerThanTheCatalogueSaysNeverShorter(string setting, string? fault)
    {
        var yaml = $"organisations:\n  - id: city\n    kind: municipality\n    name: {{fi: Kaupunki, sv: Stad, en: City}}\n    {setting}\nsystems: []\n";

        var reading = DeploymentReader.Read("sisote.yaml", yaml, Law);

        if (fault is null)
        {
            Assert.Equal($"logYears: {Assert.IsType<DeploymentReading.Loaded>(reading).Deployment.Organisations[0].LogYears}", setting);
        }
        else
        {
            var said = Assert.Single(Assert.IsType<DeploymentReading.Faulty>(reading).Faults).ToString();
            Assert.Contains("sisote.yaml(5)", said, StringComparison.Ordinal);
            Assert.Contains(fault, said, StringComparison.Ordinal);
        }
    }

    private static RetentionPeriod Period(string id, int years, params string[] sectors) => Law.Retention["log-other"] with { Id = id, Years = years, EitherEndIs = [.. sectors.Select(SectorId.Parse)] };

    private static LogRetention Terms(params (string Id, int? Years)[] organisations) => LogRetention.Of(Law, Deployment(organisations));

    private static RetentionEnd End(string? sector, string? organisation) => new(sector is null ? null : SectorId.Parse(sector), organisation is null ? null : OrganisationId.Parse(organisation));

    private static Deployment Deployment(params (string Id, int? Years)[] organisations) => new()
    {
        Organisations = [.. organisations.Select(static one => new OrganisationEntry { Id = OrganisationId.Parse(one.Id), Kind = "municipality", Name = new LocalisedText { Fi = one.Id, Sv = one.Id, En = one.Id }, LogYears = one.Years })],
        Systems = [],
    };

    private static LegalCatalogue With(LegalCatalogue law, IEnumerable<RetentionPeriod> periods) => new()
    {
        Version = law.Version,
        Items = law.Items,
        Rules = law.Rules,
        Prohibitions = law.Prohibitions,
        Conditions = law.Conditions,
        Sectors = law.Sectors,
        Roles = law.Roles,
        Purposes = law.Purposes,
        ConsentForms = law.ConsentForms,
        MinorsPolicies = law.MinorsPolicies,
        Obligations = law.Obligations,
        Retention = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(periods, static period => period.Id),
        CodeSystems = law.CodeSystems,
        Names = law.Names,
        CodeLists = law.CodeLists,
    };
}
