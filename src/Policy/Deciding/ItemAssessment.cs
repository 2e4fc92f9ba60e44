// Decides one item: statutory notification, never rules, prohibitions of the client, permit rules with their masks, deny.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>
/// All outcomes of one request; each item is judged under every rule that could carry it. The memory is used again for the next request,
/// so that a decision leaves nothing behind but its answer.
/// </summary>
internal sealed class ItemAssessment(CompiledLaw law)
{
    private readonly Naming naming = new();
    private readonly List<Flow> flows = [];
    private readonly List<FlowFinding> findings = [];
    private readonly List<string> obligations = [];
    private Circumstances circumstances;
    private Corridor? corridor;
    private Holding holding;
    private bool isNamed;

    internal CompiledLaw Law => law;

    /// <summary>Until when the permits given so far hold.</summary>
    internal DateTimeOffset? Until => holding.Until;

    /// <summary>What the permits given so far ask to be done.</summary>
    internal ImmutableArray<string> Obligations => [.. obligations];

    internal void Begin(AccessRequest request, ConsentState state, DateTimeOffset at, StatedConditions? stated)
    {
        circumstances = new Circumstances(law, request, state, at, stated);
        corridor = law.Find(circumstances.Ends);
        AddFlows(corridor);
        if (circumstances.Purpose == Corridor.NoPurpose)
        {
            AddFlows(law.FromAnybody(circumstances.Ends));
            AddFlows(law.BetweenAnybody);
        }

        naming.Begin(state.Consents.Length);
    }

    internal ItemDecision Assess(DataItemId id)
    {
        if (law.Find(id) is not { } item)
        {
            return new ItemDecision.Deny { Item = id, Reason = ReasonClass.NoRule };
        }

        isNamed = false;
        Refusal? nearest = null;
        for (var index = 0; index < flows.Count; index++)
        {
            if (flows[index].Find(item) is { } carried)
            {
                var until = new Holding();
                var refusal = Judge(flows[index], findings[index], carried, ref until);
                if (refusal is null)
                {
                    return Permit(flows[index], findings[index], carried, until);
                }

                nearest = nearest is null || refusal.Value.Nearness > nearest.Value.Nearness ? refusal : nearest;
            }
        }

        return (nearest ?? NothingCarries(item)).Of(id);
    }

    /// <summary>Nothing of one client stays for the next.</summary>
    internal void Forget()
    {
        for (var index = 0; index < flows.Count; index++)
        {
            findings[index].Forget();
        }

        flows.Clear();
        obligations.Clear();
        circumstances = default;
        corridor = null;
        holding = default;
    }

    private void AddFlows(Corridor? between)
    {
        foreach (var flow in between is null ? [] : between.Find(circumstances.Purpose, circumstances.Request.Direction))
        {
            flows.Add(flow);
            if (findings.Count < flows.Count)
            {
                findings.Add(new FlowFinding());
            }
        }
    }

    /// <summary>Why a flow does not permit an item; null = it does.</summary>
    private Refusal? Judge(Flow flow, FlowFinding finding, CarriedItem carried, ref Holding until)
    {
        var item = carried.Item;
        if (ProhibitionCheck.FindNever(carried.Nevers, item, flow, circumstances, ref until) is { } never)
        {
            return new Refusal(Refusal.Never, never.Reason, flow.Rule.Id, never.Id, null);
        }

        finding.FindOnce(flow, circumstances);
        var alike = finding.Alike;
        alike.Find(flow, finding, item, flow.Consents.Length == 0 ? [] : NamedBy(item), circumstances);
        until.EndsAt(finding.Until);
        until.EndsAt(alike.Until);
        var missing = alike.Consents.Missing;
        var untimely = finding.Time.Untimely;
        if (untimely is null && missing is null && alike is { Missing: 0, InScope: true })
        {
            return null;
        }

        var tellConsent = missing is not null && (missing == ReasonClass.Prohibition || alike is { Missing: 0, InScope: true });
        var reason = untimely ?? (tellConsent ? missing!.Value : ReasonClass.ConditionMissing);
        var unmet = alike.Missing + (untimely is null ? 0 : 1) + (missing is null ? 0 : 1) + (alike.InScope ? 0 : 1);
        return new Refusal(
            Refusal.NearnessOf(unmet, alike.Shown), reason, flow.Rule.Id, null, reason == ReasonClass.ConditionMissing ? alike.FirstMissing : null);
    }

    /// <summary>Looked up at most once per item, and only where a flow asks for consents.</summary>
    private ReadOnlySpan<bool> NamedBy(KnownItem item)
    {
        if (!isNamed)
        {
            naming.LookFor(item.Id, circumstances.State.Consents);
            isNamed = true;
        }

        return naming.Named;
    }

    private ItemDecision.Permit Permit(Flow flow, FlowFinding finding, CarriedItem carried, Holding until)
    {
        AddObligations(flow.Rule.Obligations);
        var masked = ImmutableArray<string>.Empty;
        foreach (var mask in carried.Masks)
        {
            if (ProhibitionCheck.Applies(mask.Prohibition, carried.Item, flow, circumstances, ref until))
            {
                masked = masked.IsEmpty ? mask.Elements : [.. masked.Union(mask.Elements)];
                AddObligations(mask.Prohibition.Rule.Obligations);
            }
        }

        holding.EndsAt(until.Until);
        return new ItemDecision.Permit
        {
            Item = carried.Item.Id,
            Grounds = finding.Alike.Grounds(flow, finding.Time),
            Masked = masked,
        };
    }

    private void AddObligations(ImmutableArray<string> more)
    {
        foreach (var obligation in more)
        {
            if (!obligations.Contains(obligation))
            {
                obligations.Add(obligation);
            }
        }
    }

    private Refusal NothingCarries(KnownItem item)
    {
        var holding = new Holding();
        if (ProhibitionCheck.FindNever(item.Nevers, item, null, circumstances, ref holding) is { } never)
        {
            return new Refusal(Refusal.Never, never.Reason, null, never.Id, null);
        }

        var (reason, rule) = corridor is null ? (ReasonClass.NoRule, null) : corridor.Nearest(circumstances.Purpose, circumstances.Request.Direction, item);
        return new Refusal(Refusal.Nothing, reason, rule, null, null);
    }
}
