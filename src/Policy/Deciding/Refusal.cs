// Why an item is not given under one rule, and how near it came.
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>A denial under one rule. A value: of several, only the nearest is told and becomes an outcome.</summary>
internal readonly record struct Refusal(int Nearness, ReasonClass Reason, RuleId? Rule, ProhibitionId? Prohibition, ConditionId? Condition)
{
    internal const int Nothing = 0;
    internal const int Never = int.MaxValue;

    /// <summary>Fewest things unmet, then most things met.</summary>
    internal static int NearnessOf(int unmet, int met) => 1_000_000 - (unmet * 1_000) + met;

    internal ItemDecision.Deny Of(DataItemId item) =>
        new() { Item = item, Reason = Reason, Rule = Rule, Prohibition = Prohibition, Condition = Condition };
}
