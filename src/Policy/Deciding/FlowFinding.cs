// What is the same for all items under one rule in one request, found once.
namespace Sisote.Policy.Deciding;

/// <summary>The statutes in force, and the conditions that do not depend on the item. The memory is used again for the next request.</summary>
internal sealed class FlowFinding
{
    private Proof[] proofs = [];
    private bool isFound;

    /// <summary>The rule on this day.</summary>
    internal RuleInTime Time { get; private set; } = Never;

    /// <summary>The end of all that <see cref="Time"/> and the proofs rest on.</summary>
    internal DateTimeOffset? Until { get; private set; }

    /// <summary>What goes on from here, for items that are alike.</summary>
    internal AlikeFinding Alike { get; } = new();

    /// <summary>Proofs by place of the condition; none where it does not hold or depends on the item.</summary>
    internal ReadOnlySpan<Proof> Proofs => proofs;

    internal void FindOnce(Flow flow, in Circumstances circumstances)
    {
        if (isFound)
        {
            return;
        }

        isFound = true;
        Time = RuleInTime.Find(flow.Times, circumstances.Today);
        var holding = new Holding();
        holding.EndsAt(Time.Until);
        var conditions = flow.Conditions;
        if (proofs.Length < conditions.Length)
        {
            proofs = new Proof[conditions.Length];
        }

        for (var index = 0; index < conditions.Length; index++)
        {
            proofs[index] = conditions[index].DiffersByItem ? default : ConditionProof.Find(conditions[index], flow, null, null, circumstances, ref holding);
        }

        Until = holding.Until;
    }

    /// <summary>Nothing of one client stays for the next.</summary>
    internal void Forget()
    {
        if (isFound)
        {
            isFound = false;
            Time = Never;
            Array.Clear(proofs);
            Alike.Forget();
        }
    }

    private static RuleInTime Never { get; } = new(DateOnly.MinValue, [], Decisions.ReasonClass.NotYetValid, null);
}
