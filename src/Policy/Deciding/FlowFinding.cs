// What is the same for all items under one rule in one request, found once.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>The statutes in force, whether the rule is in time, and the conditions that do not depend on the item.</summary>
internal sealed class FlowFinding
{
    private FlowFinding()
    {
    }

    internal required ImmutableArray<LegalBasisCitation> Basis { get; init; }

    /// <summary>Why the rule does not apply on this day; null = it does.</summary>
    internal required ReasonClass? Untimely { get; init; }

    /// <summary>Evidence by place of the condition; null where it does not hold or depends on the item.</summary>
    internal required ConditionEvidence?[] Evidence { get; init; }

    internal required ImmutableArray<ConditionEvidence> Shown { get; init; }

    internal required ImmutableArray<ConditionId> Missing { get; init; }

    internal required DateTimeOffset? Until { get; init; }

    internal static FlowFinding Of(Flow flow, Circumstances circumstances)
    {
        var holding = new Holding();
        var basis = flow.BasisOn(circumstances.Today, ref holding);
        holding.EndsWith(flow.Rule.ValidTo);
        var evidence = new ConditionEvidence?[flow.Conditions.Length];
        for (var index = 0; index < evidence.Length; index++)
        {
            evidence[index] = flow.DiffersByItem[index] ? null : circumstances.Show(flow.Conditions[index], flow, default, default, ref holding);
        }

        return new FlowFinding
        {
            Basis = basis,
            Untimely = OutOfTime(flow.Rule, basis, circumstances.Today),
            Evidence = evidence,
            Shown = [.. evidence.OfType<ConditionEvidence>()],
            Missing = [.. flow.Conditions.Where((_, index) => evidence[index] is null).Select(static condition => condition.Id)],
            Until = holding.Until,
        };
    }

    private static ReasonClass? OutOfTime(DisclosureRule rule, ImmutableArray<LegalBasisCitation> basis, DateOnly today) =>
        rule.ValidFrom > today ? ReasonClass.NotYetValid
        : rule.ValidTo < today ? ReasonClass.NoLongerValid
        : !basis.IsEmpty ? null
        : rule.LegalBasis.All(statute => statute.ValidFrom > today) ? ReasonClass.NotYetValid
        : ReasonClass.NoLongerValid;
}
