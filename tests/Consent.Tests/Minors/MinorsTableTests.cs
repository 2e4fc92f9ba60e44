// Every cell of the table of minors, through the doors; and the page for lawyers, written from the same table.
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.States;
using Sisote.Tests.Consent.Consents;
using Sisote.Tests.Testing;

namespace Sisote.Tests.Consent.Minors;

public sealed class MinorsTableTests(PostgresFixture postgres)
{
    private static readonly string[] Viewers = ["child", "guardian", "second guardian", "former guardian", "stranger"];

    public static TheoryData<string> Contexts => [.. MinorsTable.Contexts.Select(static context => context.Name)];

    [Theory]
    [MemberData(nameof(Contexts))]
    public async Task EveryCellOfTheTableHoldsForEveryViewer(string context)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var cells = MinorsTable.Cells.Where(cell => cell.Context.Name == context).ToList();
        Assert.Equal(MinorsTable.Standings.Length * MinorsTable.Bars.Length, cells.Count);

        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (cell, _) =>
        {
            var saw = await LookAsync(room, cell);
            var should = Viewers.ToDictionary(static viewer => viewer, viewer => viewer == "child" || (cell.GuardianSees && viewer is ("guardian" or "second guardian")));
            foreach (var viewer in Viewers.Where(viewer => saw[viewer] != should[viewer]))
            {
                wrong.Add($"{cell.Context.Name} | {cell.Standing.Says} | {cell.Bar} | {viewer}: should {(should[viewer] ? string.Empty : "not ")}see ({cell.Section})");
            }
        });

        Assert.Empty(wrong.Order());
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(null, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task AProtectionThatIsSetOrNotKnownAndADeathCloseEverything(bool? safety, bool guardianSafety, bool deceased)
    {
        await using var room = await OpenRoom.OpenAsync(DatabaseKind.Sqlite, postgres, WholeLaw.Law);
        var family = new Family(room, Family.Minor(room, 8), Family.Grown(), Family.Grown());
        await family.TellAsync(family.Mother);
        await family.FactsAsync(new ToldFacts { SafetyProhibition = safety, GuardianSafetyProhibition = guardianSafety });
        await family.GivenAsync();
        var name = await family.NameForAsync(family.Mother);
        await family.FactsAsync(new ToldFacts { Deceased = deceased });

        Assert.False(await family.SeesAsync(family.Mother, name));
    }

    [Fact]
    public void TheDecisionPointSaysOfAConsentWhoGivesItAsTheTableDoes()
    {
        var now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        foreach (var row in MinorsTable.Givers)
        {
            var policy = WholeLaw.Catalogue.MinorsPolicies[row.Policy];
            var context = new MinorsContext(row.Policy, policy.CapacityContext, "other", "-", "-", "-", "-", "-");
            var found = MinorsTable.GiverStandings.Select(standing =>
            {
                var facts = new ClientFacts { BirthDate = DateOnly.FromDateTime(now.DateTime).AddYears(-standing.Age), Capacity = standing.Decision?.Invoke(context, now) is { } decision ? [decision] : [] };
                return (WhoConsents.Of("client", policy, facts, now), WhoConsents.Of("guardians", policy, facts, now)) switch
                {
                    ({ Alone: true }, { Alone: true }) => "either",
                    ({ Alone: true }, _) => "child",
                    (_, { Alone: true }) => "guardian",
                    ({ Counts: true }, { Counts: true }) => "both",
                    _ => "nobody",
                };
            });

            Assert.Equal((row.Policy, string.Join(' ', row.Gives)), (row.Policy, string.Join(' ', found)));
        }

        Assert.Equal(WholeLaw.Catalogue.MinorsPolicies.Keys.Order(StringComparer.Ordinal), MinorsTable.Givers.Select(static row => row.Policy).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EverySectionThatTheTableNamesStandsInTheCatalogue()
    {
        var law = WholeLaw.Catalogue;
        var cited = law.MinorsPolicies.Values.SelectMany(static policy => policy.LegalBasis.Concat(policy.Bar?.LegalBasis ?? []))
            .Concat(law.Rules.Values.Where(static rule => rule.Pairs.Any(static pair => pair.To.Sector.Value == "client")).SelectMany(static rule => rule.LegalBasis))
            .Concat(law.Prohibitions.Values.Where(static never => never.ToRoles.Any(static role => role.Value == "guardian")).SelectMany(static never => never.LegalBasis))
            .Select(static basis => $"{basis.Statute}, {basis.Section}").ToHashSet();

        Assert.All(MinorsTable.Cells.Select(static cell => cell.Section).Concat(MinorsTable.Givers.Select(static row => row.Section)).Distinct(), section => Assert.Contains(section, cited));
    }

    [Fact]
    public void ThePageForLawyersIsTheTable()
    {
        var file = Path.Combine(Root(), "docs", "minors.md");
        var page = MinorsPage.Write(WholeLaw.Catalogue);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, page);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), page);
    }

    private static async Task<Dictionary<string, bool>> LookAsync(OpenRoom room, MinorsCell cell)
    {
        var family = new Family(room, Family.Minor(room, cell.Standing.Age), Family.Grown(), Family.Grown());
        var (former, stranger) = (Family.Grown(), Family.Grown());
        await family.TellAsync(family.Mother, family.Father, former);
        await family.FactsAsync(cell.Facts(room.Clock.GetUtcNow()));
        await family.GivenAsync(cell.Context.From, cell.Context.To);
        var formerName = await family.NameForAsync(former);
        await family.TellAsync(family.Mother, family.Father);
        using var own = await room.Client(family.Child.Reveal()).GetAsync("/me/disclosures");
        return new Dictionary<string, bool>
        {
            ["child"] = (await own.ReadAsync<MyDisclosures>()).Disclosures.Length == 1,
            ["guardian"] = await family.SeesAsync(family.Mother),
            ["second guardian"] = await family.SeesAsync(family.Father),
            ["former guardian"] = await family.SeesAsync(former, formerName),
            ["stranger"] = await family.SeesAsync(stranger, await family.NameForAsync(family.Mother)),
        };
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sisote.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not below the repository.");
        }

        return folder.FullName;
    }
}
