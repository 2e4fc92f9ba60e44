// A decision cites the statutes about its giver and receiver, and no others.
using Sisote.Policy.Cases;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy;

public sealed class DecidingBasisTests
{
    private static readonly DecisionCaseRunner Runner = new(Catalogues.Shipped);

    [Theory]
    [InlineData("SO-04", "education", "social", "703/2023 64 § 1 mom")]
    [InlineData("SO-04", "health", "social", "703/2023 64 § 1 mom", "703/2023 53 § 5 mom, viimeinen virke")]
    [InlineData("YO-02", "education", "youth-outreach", "1285/2016 11 § 4 mom 1-2 k (1232/2020)", "1285/2016 11 § 6 mom (1232/2020)")]
    [InlineData("YO-02", "kela", "youth-outreach", "1285/2016 11 § 4 mom 3 k (1232/2020)", "1285/2016 11 § 6 mom (1232/2020)")]
    [InlineData("CU-01", "health", "municipal-culture", "703/2023 6 §", "621/1999 29 § 1 mom 2 k")]
    [InlineData("CU-01", "social", "company", "703/2023 6 §", "621/1999 26 § 1 mom 2 k")]
    public void OnlyTheStatutesAboutTheGiverAndTheReceiverAreCited(string rule, string from, string to, params string[] cited)
    {
        var permits = File.ReadLines(Path.Combine(DemoWorld.Folder, $"tests/Policy.Tests/Decisions/{rule}.jsonl")).Select(Runner.Decide)
            .Where(result => result.Case.Request.From.Sector.Value == from && result.Case.Request.To.Sector.Value == to)
            .SelectMany(static result => result.Decision.Permits).Where(permit => permit.Rule.Value == rule).ToArray();

        Assert.NotEmpty(permits);
        Assert.All(permits, permit => Assert.Equal(cited, permit.Basis.Select(static basis => $"{basis.Statute} {basis.Section}")));
    }

    [Fact]
    public void ARuleThatHasNoStatuteForOneOfItsPairsIsNoLaw()
    {
        var once = EditedCatalogue.Texts("rules/CU-01.yaml", "    section: 6 §\n", "    section: 6 §\n    toSectors: [municipal-culture]\n");
        var reading = CatalogueReader.Read(EditedCatalogue.Texts(once, "rules/CU-01.yaml", "toSectors: [third-sector, company]", "toSectors: [third-sector]"));

        Assert.Contains(Assert.IsType<CatalogueReading.Faulty>(reading).Faults, static fault => fault.Message == "No statute in `basis` is about a release from `health` to `company`.");
    }
}
