// Reads what a case expects and compares a decision with it.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Policy.Decisions;

namespace Sisote.Policy.Cases;

internal static class CaseExpectations
{
    internal static CaseExpectation Read(CaseObject expect)
    {
        var items = expect.Object("items");
        var reasons = expect.Object("reasonClass");
        var expectation = new CaseExpectation
        {
            Decision = expect.Text("decision"),
            Items = items is null ? ImmutableSortedDictionary<string, string>.Empty : items.Names.ToImmutableSortedDictionary(static name => name, items.Require, StringComparer.Ordinal),
            Rules = expect.Texts("rules"),
            Reasons = reasons is null
                ? ImmutableSortedDictionary<string, ImmutableArray<ReasonClass>>.Empty
                : reasons.Names.ToImmutableSortedDictionary(static name => name, name => reasons.Texts(name).Select(ReadReason).ToImmutableArray(), StringComparer.Ordinal),
            Obligations = expect.Texts("obligations"),
            AcceptMasked = expect.Texts("acceptMasked"),
        };
        expect.Close();
        return expectation;
    }

    /// <summary>The differences, each in a sentence; none = as expected.</summary>
    internal static IEnumerable<string> Differences(CaseExpectation expect, DecisionCase @case, Decision decision)
    {
        var maskedInstead = false;
        foreach (var (name, outcome) in @case.ItemNames.Zip(decision.Items).DistinctBy(static pair => pair.First))
        {
            var expected = expect.Items.GetValueOrDefault(name);
            switch (outcome)
            {
                case ItemDecision.Permit permit when expected == "deny" && expect.AcceptMasked.Contains(name) && !permit.Masked.IsEmpty:
                    maskedInstead = true;
                    break;
                case ItemDecision.Permit when expected == "deny":
                    yield return $"{name}: expected deny, got permit";
                    break;
                case ItemDecision.Permit permit when !expect.Rules.IsEmpty && !expect.Rules.Contains(permit.Rule.Value):
                    yield return $"{name}: expected rule {string.Join(" or ", expect.Rules)}, got {permit.Rule}";
                    break;
                case ItemDecision.Deny deny when expected == "permit":
                    yield return $"{name}: expected permit, got deny ({Word(deny.Reason)})";
                    break;
                case ItemDecision.Deny deny when expect.Reasons.TryGetValue(name, out var reasons) && !reasons.Contains(deny.Reason):
                    yield return $"{name}: expected reason {string.Join(" or ", reasons.Select(Word))}, got {Word(deny.Reason)}";
                    break;
            }
        }

        if (expect.Decision is { } word && word != CaseAnswers.Word(decision) && !maskedInstead)
        {
            yield return $"expected decision {word}, got {CaseAnswers.Word(decision)}";
        }

        foreach (var missing in expect.Obligations.Except(decision.Obligations))
        {
            yield return $"expected obligation {missing}";
        }
    }

    internal static string Word(ReasonClass reason) => JsonSerializer.SerializeToElement(reason).GetString()!;

    private static ReasonClass ReadReason(string word) =>
        Enum.GetValues<ReasonClass>().Cast<ReasonClass?>().FirstOrDefault(reason => Word(reason!.Value) == word)
            ?? throw new FormatException($"`{word}` is not a reason class.");
}
