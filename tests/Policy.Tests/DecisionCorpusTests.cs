// The project's own corpus: every rule at least one permit, and one deny for each single thing taken away.
using System.Text.Json;
using Sisote.Policy.Cases;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy;

public sealed class DecisionCorpusTests
{
    private static readonly DecisionCaseRunner Runner = new(Catalogues.Shipped);

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(DemoWorld.Folder, "tests/Policy.Tests/Decisions"), "*.jsonl").Select(static path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryCaseComesOutAsItsStatuteSays(string file)
    {
        var wrong = Lines(file)
            .Select(Runner.Decide)
            .Where(static result => result.AsExpected != true || !result.Case.UnknownFields.IsEmpty)
            .Select(static result => $"{result.Case.Id}: {string.Join("; ", result.Differences.Concat(result.Case.UnknownFields))}\n{result.Json}")
            .ToArray();

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void EveryRuleInForceHasAPermitAndADenyForEachThingTakenAway()
    {
        var missing = new List<string>();
        foreach (var rule in Catalogues.Shipped.Rules.Values.Where(static rule => rule.Enabled))
        {
            var results = Lines($"{rule.Id}.jsonl").Select(static line => (Result: Runner.Decide(line), Change: ChangeOf(line))).ToArray();
            if (!results.Any(entry => entry.Result.Decision.PermitsAll && entry.Result.Decision.Permits.Any(permit => permit.Rule == rule.Id)))
            {
                missing.Add($"{rule.Id}: no permit");
            }

            var denied = results.Where(static entry => entry.Result.Decision.Denials.Any()).Select(static entry => entry.Change).ToHashSet();
            missing.AddRange(Takeable(rule).Where(change => !denied.Contains(change)).Select(change => $"{rule.Id}: no deny for {change}"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void EveryNeverRuleClosesSomethingInTheCorpus()
    {
        var hit = Directory.EnumerateFiles(Path.Combine(DemoWorld.Folder, "tests/Policy.Tests/Decisions"), "*.jsonl")
            .SelectMany(File.ReadLines)
            .Select(static line => Runner.Decide(line).Decision)
            .SelectMany(static decision => decision.Denials)
            .Select(static denial => denial.Prohibition)
            .ToHashSet();

        Assert.Empty(Catalogues.Shipped.Prohibitions.Values.Where(never => never.Mask.IsEmpty && !hit.Contains(never.Id)).Select(static never => never.Id));
    }

    private static IEnumerable<string> Takeable(DisclosureRule rule)
    {
        foreach (var condition in rule.Conditions.Concat(rule.Pairs.SelectMany(static pair => pair.Conditions)).Distinct())
        {
            yield return $"-condition:{condition}";
        }

        for (var number = 1; number <= rule.Consents.Length; number++)
        {
            yield return $"-consent:c{number}";
        }

        if (rule.Pairs.Any(static pair => pair.From != RuleParty.Anybody))
        {
            yield return "~request.fromRole";
        }

        if (rule.Purpose is not null)
        {
            yield return "~request.toRole";
        }

        yield return "~request.purpose";
        yield return "~request.direction";
        if (rule.ValidFrom is not null)
        {
            yield return "~asOf";
        }
    }

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(DemoWorld.Folder, "tests/Policy.Tests/Decisions", file));

    private static string? ChangeOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("change", out var change) ? change[0].GetString() : null;
    }
}
