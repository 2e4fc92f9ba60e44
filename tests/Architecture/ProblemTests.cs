// docs/problems.md says of each error what the code says: neither more nor less.
using System.Text.RegularExpressions;

namespace Sisote.Tests.Architecture;

public sealed partial class ProblemTests
{
    // Where a door's errors stand in the code, under which heading they are explained, and how a line of that code names slug and status.
    private static readonly Dictionary<string, (string Heading, Regex Problem)> Doors = new()
    {
        ["src/Gateway/Answers/Refusal.cs"] = ("The gateway", Refusal()),
        ["src/Consent/Problems.cs"] = ("The consent room", Problem()),
        ["src/Adapters/Facade/FacadeProblems.cs"] = ("The adapters' facade", FacadeProblem()),
    };

    public static TheoryData<string> Sources => [.. Doors.Keys];

    [Theory]
    [MemberData(nameof(Sources))]
    public void EveryProblemHasItsRowWithItsStatusAndNoRowIsLeftOver(string source)
    {
        var (heading, problem) = Doors[source];
        var code = File.ReadAllText(Path.Combine(Repository.Root, source));

        var raised = problem.Matches(code).Select(static match => (Slug: match.Groups["slug"].Value, Status: match.Groups["status"].Value)).Order().ToArray();

        Assert.Equal(MadeIn(code), raised.Length);
        var hints = Hint().Matches(code).Select(static match => (Slug: match.Groups["slug"].Value, Status: "hint"));
        Assert.Equal(raised.Distinct().Concat(hints).Order(), RowsUnder(heading).Order());
    }

    [Fact]
    public void ProblemsAreRaisedNowhereElse()
    {
        var raising = Repository.SourceFiles()
            .Where(static file => PermanentAddress().IsMatch(File.ReadAllText(file)))
            .Select(Repository.Relative)
            .Except(["src/Gateway/Answers/OutcomeWriter.cs"]); // writes what Refusal.cs names

        Assert.Equal(["src/Adapters/Facade/FacadeProblems.cs", "src/Consent/Problems.cs"], raising.Order());
        Assert.DoesNotContain(Repository.Files("src/Gateway", "*.cs"), static file => Path.GetFileName(file) != "Refusal.cs" && Refusal().IsMatch(File.ReadAllText(file)));
    }

    [Fact]
    public void EveryErrorOfTheAuthorityHasItsRow()
    {
        var named = Repository.Files("src/Identity", "*.cs")
            .SelectMany(static file => OAuthError().Matches(File.ReadAllText(file)).Select(static match => SnakeCase(match.Groups[1].Value)))
            .Concat(["temporarily_unavailable"])
            .Except(["invalid_token"]) // turned into invalid_client before it is answered
            .Distinct();

        Assert.Equal(named.Order(StringComparer.Ordinal), RowsUnder("The built-in authority").Select(static row => row.Slug).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ARowCanBeLinkedTo()
    {
        var rows = RowsUnder("The gateway").ToArray();

        var text = Documentation();

        Assert.All(rows, row => Assert.Contains($"<a id=\"{row.Slug}\"></a>`{row.Slug}`", text, StringComparison.Ordinal));
    }

    // How many problems the file makes, counted without looking at how they are named.
    private static int MadeIn(string code) => Makers().Count(code);

    private static IEnumerable<(string Slug, string Status)> RowsUnder(string heading)
    {
        var section = Documentation().Split("\n## ").Single(section => section.StartsWith(heading + "\n", StringComparison.Ordinal));
        return Row().Matches(section).Select(static match => (match.Groups["slug"].Value, match.Groups["status"].Value));
    }

    private static string Documentation() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "problems.md")).ReplaceLineEndings("\n");

    private static string SnakeCase(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("new\\((?<status>[0-9]{3}), \"[a-z-]+\", \"(?<slug>[a-z-]+)\"")]
    private static partial Regex Refusal();

    [GeneratedRegex("Make\\(\"(?<slug>[a-z-]+)\", (?<status>[0-9]{3})")]
    private static partial Regex Problem();

    [GeneratedRegex("Make\\(StatusCodes\\.Status(?<status>[0-9]{3})\\w+, OperationOutcome\\.IssueType\\.\\w+, \"(?<slug>[a-z-]+)\"")]
    private static partial Regex FacadeProblem();

    [GeneratedRegex("=> \\(\"(?<slug>[a-z-]+)\", ")]
    private static partial Regex Hint();

    [GeneratedRegex(@"static readonly Refusal \w+ = |static (?:Refusal|ProblemHttpResult|FhirAnswer) (?!Make\b)\w+\(")]
    private static partial Regex Makers();

    [GeneratedRegex(@"sisote\.fi/problems")]
    private static partial Regex PermanentAddress();

    [GeneratedRegex(@"(?<![A-Za-z])Errors\.([A-Z]\w+)")]
    private static partial Regex OAuthError();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex("^\\| (?:<a id=\"[a-z-]+\"></a>)?`(?<slug>[a-z_-]+)` \\| (?<status>[a-z0-9]+) \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
