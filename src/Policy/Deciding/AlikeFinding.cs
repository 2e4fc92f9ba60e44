// What is the same for all items of a flow that the same consents name and the same access classes hold.
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>
/// Consents and conditions for one kind of item under one flow. Items asked for together are mostly alike: what was found for one serves the next,
/// and their permits share their grounds. The memory is used again for the next request.
/// </summary>
internal sealed class AlikeFinding
{
    private bool[] named = [];
    private int namedCount;
    private bool? inside;
    private bool isFound;
    private Proof[] proofs = [];
    private PermitGrounds? grounds;

    /// <summary>The consents found.</summary>
    internal ConsentFinding Consents { get; } = new();

    /// <summary>The end of all that the consents and the conditions of this kind of item rest on.</summary>
    internal DateTimeOffset? Until { get; private set; }

    /// <summary>Whether no access class leaves the item out.</summary>
    internal bool InScope { get; private set; }

    /// <summary>How many conditions hold.</summary>
    internal int Shown { get; private set; }

    /// <summary>How many do not, and the first of them.</summary>
    internal int Missing { get; private set; }

    internal ConditionId? FirstMissing { get; private set; }

    /// <summary>Finds it for an item, unless the last item was alike.</summary>
    internal void Find(Flow flow, FlowFinding finding, KnownItem item, ReadOnlySpan<bool> namedBy, in Circumstances circumstances)
    {
        var isInside = circumstances.InsideScope(item);
        // INVARIANT: a human decision names its items, so under a flow that asks for one no item is like another.
        if (isFound && !flow.IsDecidedByItem && inside == isInside && namedBy.SequenceEqual(named.AsSpan(0, namedCount)))
        {
            return;
        }

        Remember(namedBy, isInside);
        var holding = new Holding();
        ConsentSearch.Find(flow, namedBy, circumstances, Consents, ref holding);
        InScope = flow.Rule.StatutoryNotification || isInside != false;
        CheckConditions(flow, finding, item, circumstances, ref holding);
        Until = holding.Until;
    }

    /// <summary>What permits of this kind rest on; made where the first item is permitted.</summary>
    internal PermitGrounds Grounds(Flow flow, RuleInTime time) => grounds ??= new PermitGrounds
    {
        Rule = flow.Rule.Id,
        Basis = time.Basis,
        Consents = CiteConsents(),
        Conditions = CiteConditions(flow),
    };

    /// <summary>Nothing of one client stays for the next.</summary>
    internal void Forget()
    {
        isFound = false;
        Consents.Clear();
        Array.Clear(proofs);
        grounds = null;
    }

    private void Remember(ReadOnlySpan<bool> namedBy, bool? isInside)
    {
        Forget();
        if (!namedBy.TryCopyTo(named))
        {
            named = namedBy.ToArray();
        }

        namedCount = namedBy.Length;
        inside = isInside;
        isFound = true;
    }

    private void CheckConditions(Flow flow, FlowFinding finding, KnownItem item, in Circumstances circumstances, ref Holding holding)
    {
        var conditions = flow.Conditions;
        if (proofs.Length < conditions.Length)
        {
            proofs = new Proof[conditions.Length];
        }

        (Shown, Missing, FirstMissing) = (0, 0, null);
        for (var index = 0; index < conditions.Length; index++)
        {
            var condition = conditions[index];
            var proof = finding.Proofs[index];
            if (condition.DiffersByItem)
            {
                if (Consents.Missing is not null && condition.RestsOnConsent)
                {
                    continue;
                }

                proof = ConditionProof.Find(condition, flow, item, Consents, circumstances, ref holding);
            }

            proofs[index] = proof;
            if (proof.IsShown)
            {
                Shown++;
            }
            else
            {
                Missing++;
                FirstMissing ??= condition.Condition.Id;
            }
        }
    }

    private ImmutableArray<ConsentReference> CiteConsents()
    {
        if (Consents.Used.Count == 0)
        {
            return [];
        }

        var cited = new ConsentReference[Consents.Used.Count];
        for (var index = 0; index < cited.Length; index++)
        {
            var consent = Consents.Used[index];
            cited[index] = new ConsentReference { Id = consent.Id, Version = consent.Version, Form = consent.Form };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(cited);
    }

    private ImmutableArray<ConditionEvidence> CiteConditions(Flow flow)
    {
        if (Shown == 0)
        {
            return [];
        }

        var cited = new ConditionEvidence[Shown];
        var next = 0;
        for (var index = 0; index < flow.Conditions.Length; index++)
        {
            if (proofs[index].IsShown)
            {
                cited[next++] = flow.Conditions[index].Evidence(proofs[index]);
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(cited);
    }
}
