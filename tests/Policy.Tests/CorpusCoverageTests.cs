// Counts, from the catalogue itself, whether the corpus holds what every rule needs; a rule without its cases turns this red.
using System.Text.Json.Nodes;
using Sisote.Policy.Cases;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;

namespace Sisote.Tests.Policy;

public sealed class CorpusCoverageTests
{
    private static readonly DecisionCaseRunner Runner = new(Catalogues.Shipped);

    private static readonly Dictionary<string, Entry> Corpus = Directory
        .EnumerateFiles(Path.Combine(DemoWorld.Folder, "tests/Policy.Tests/Decisions"), "*.jsonl")
        .SelectMany(File.ReadLines)
        .Select(static line => new Entry(JsonNode.Parse(line)!.AsObject(), Runner.Decide(line)))
        .ToDictionary(static entry => entry.Result.Case.Id);

    // What else may differ where one thing is taken away: a condition that follows from a field goes with the field, a permission that starts later moves with the date.
    private static readonly Dictionary<string, string[]> MayDiffer = new()
    {
        ["-condition"] = ["facts.conditions", "client.age", "client.capacity", "client.compulsoryAge", "client.schoolForm", "consents", "request.fromOrg"],
        ["~asOf"] = ["asOf", "consents"],
        ["-consent"] = ["consents"],
        ["~consent"] = ["consents"],
        ["~request.direction"] = ["request.direction", "request.atomic"],
        ["~request.fromRole"] = ["request.fromRole"],
        ["~request.toRole"] = ["request.toRole"],
        ["~request.purpose"] = ["request.purpose"],
    };

    public static TheoryData<string> Rules => [.. Catalogues.Shipped.Rules.Keys.Select(static rule => rule.Value).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void ARuleHasAPermitForEachPairAndADenyForEachSingleThingTakenAway(string id)
    {
        var rule = Catalogues.Shipped.Rules.Single(entry => entry.Key.Value == id).Value;
        var cases = Corpus.Values.Where(entry => entry.Targets.Contains(id)).ToArray();
        if (!rule.Enabled)
        {
            Assert.NotEmpty(cases);
            Assert.All(cases, static entry => Assert.True(entry.Result.Decision.DeniesAll));
            return;
        }

        Assert.Empty(MissingPermits(rule, cases).Concat(MissingDenials(rule, cases)));
    }

    [Fact]
    public void ACaseThatTakesOneThingAwayDiffersFromItsPartnerInThatThingOnly()
    {
        var wrong = Corpus.Values
            .Where(static entry => entry.Base is not null && entry.Change is not null && MayDiffer.ContainsKey(entry.Kind))
            .SelectMany(static entry => Differences(entry.Base!.Json, entry.Json)
                .Where(path => !MayDiffer[entry.Kind].Any(allowed => path == allowed || path.StartsWith(allowed + ".", StringComparison.Ordinal)))
                .Select(path => $"{entry.Result.Case.Id}: {entry.Change} also changes {path}"));

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> MissingPermits(DisclosureRule rule, Entry[] cases)
    {
        foreach (var pair in rule.Pairs)
        {
            var permits = cases.Any(entry => entry.IsPermittedBy(rule) && Names(pair.From, entry.Text("fromSector"), entry.Text("fromRole")) && Names(pair.To, entry.Text("toSector"), entry.Text("toRole"))
                && (pair.Conditions.IsEmpty || pair.Conditions.All(condition => entry.Result.Decision.Permits.Any(permit => permit.Conditions.Any(shown => shown.Condition == condition)))));
            if (!permits)
            {
                yield return $"{rule.Id}: no permit from {Of(pair.From)} to {Of(pair.To)}{(pair.Conditions.IsEmpty ? string.Empty : $" with {string.Join(", ", pair.Conditions)}")}";
            }
        }
    }

    /// <summary>Each thing: a case that is denied, whose partner is permitted by this very rule.</summary>
    private static IEnumerable<string> MissingDenials(DisclosureRule rule, Entry[] cases)
    {
        var denied = cases.Where(entry => entry.Base?.IsPermittedBy(rule) == true && entry.Result.Decision.Denials.Any()).Select(static entry => entry.Change!).ToHashSet();
        foreach (var thing in Takeable(rule).Where(thing => !denied.Contains(thing)))
        {
            yield return $"{rule.Id}: no deny for {thing}";
        }

        for (var number = 1; number <= rule.Consents.Length; number++)
        {
            var told = cases.Where(entry => entry.Change == $"~consent:c{number}" && entry.Base?.IsPermittedBy(rule) == true).SelectMany(static entry => entry.Result.Decision.Denials).Select(static deny => deny.Reason).ToHashSet();
            foreach (var reason in new[] { ReasonClass.Withdrawn, ReasonClass.Expired, ReasonClass.NotYetValid, ReasonClass.WrongRecipient, ReasonClass.WrongPurpose, ReasonClass.WrongForm }.Where(reason => !told.Contains(reason)))
            {
                yield return $"{rule.Id}: consent {number} is never {reason}";
            }
        }
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

        if (rule.Pairs.Any(static pair => pair.To != RuleParty.Anybody))
        {
            yield return "~request.toRole";
        }

        yield return "~request.purpose";
        yield return "~request.direction";
        if (rule.ValidFrom is not null || rule.ValidTo is not null)
        {
            yield return "~asOf";
        }
    }

    private static bool Names(RuleParty party, string? sector, string? role) =>
        party == RuleParty.Anybody || (party.Sector.Value == sector && party.Roles.Any(named => named.Value == role));

    private static string Of(RuleParty party) => $"{party.Sector}/{string.Join('+', party.Roles)}";

    private static IEnumerable<string> Differences(JsonObject one, JsonObject other)
    {
        string[] facts = ["asOf", "request", "client", "facts", "consents"];
        return facts.SelectMany(name => Differences(one[name], other[name], name));
    }

    private static IEnumerable<string> Differences(JsonNode? one, JsonNode? other, string path) => JsonNode.DeepEquals(one, other) ? []
        : one is JsonObject left && other is JsonObject right
            ? left.Select(static field => field.Key).Union(right.Select(static field => field.Key)).SelectMany(name => Differences(left[name], right[name], $"{path}.{name}"))
            : [path];

    private sealed record Entry(JsonObject Json, CaseResult Result)
    {
        internal IEnumerable<string> Targets => Result.Case.Targets;

        internal Entry? Base => Result.Case.PairOf is { } partner ? Corpus[partner] : null;

        internal string? Change => Json["change"]?[0]?.GetValue<string>();

        internal string Kind => Change!.Split(':')[0];

        internal string? Text(string field) => Json["request"]![field]?.GetValue<string>();

        internal bool IsPermittedBy(DisclosureRule rule) => Result.Decision.PermitsAll && Result.Decision.Permits.Any(permit => permit.Rule == rule.Id);
    }
}
