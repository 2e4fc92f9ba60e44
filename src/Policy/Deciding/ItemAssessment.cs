// Decides one item: statutory notification, never rules, prohibitions of the client, permit rules with their masks, deny.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>All outcomes of one request; each item is judged under every rule that could carry it.</summary>
internal sealed class ItemAssessment(CompiledLaw law, Circumstances circumstances)
{
    private readonly ImmutableArray<Flow> flows = law.Find(circumstances.Request);
    private FlowFinding?[]? findings;

    internal ItemOutcome Assess(DataItemId item)
    {
        ItemOutcome? best = null;
        for (var index = 0; index < flows.Length; index++)
        {
            var flow = flows[index];
            if (!flow.Items.Contains(item))
            {
                continue;
            }

            findings ??= new FlowFinding?[flows.Length];
            var outcome = AssessUnder(flow, findings[index] ??= FlowFinding.Of(flow, circumstances), item);
            if (best is null || outcome.Nearness > best.Value.Nearness)
            {
                best = outcome;
            }
        }

        return best ?? NothingCarries(item);
    }

    private ItemOutcome AssessUnder(Flow flow, FlowFinding finding, DataItemId item)
    {
        var holding = new Holding();
        if (!flow.Rule.StatutoryNotification && FindNever(flow, item, ref holding) is { } never)
        {
            return ItemOutcome.Deny(item, Nearness.Never, never.Reason, flow.Rule.Id, never.Id);
        }

        holding.EndsAt(finding.Until);
        var consents = ConsentSearch.Find(flow, item, circumstances, ref holding);
        var (shown, missing) = ShowConditions(flow, finding, item, consents, ref holding);
        var inScope = flow.Rule.StatutoryNotification || circumstances.InsideScope(item) != false;
        if (finding.Untimely is null && consents.Missing is null && missing.IsEmpty && inScope)
        {
            return Permit(flow, item, finding.Basis, consents, shown, holding);
        }

        var tellConsent = consents.Missing is not null && (consents.Missing == ReasonClass.Prohibition || (missing.IsEmpty && inScope));
        var reason = finding.Untimely ?? (tellConsent ? consents.Missing!.Value : ReasonClass.ConditionMissing);
        var unmet = missing.Length + (finding.Untimely is null ? 0 : 1) + (consents.Missing is null ? 0 : 1) + (inScope ? 0 : 1);
        ConditionId? first = reason == ReasonClass.ConditionMissing && !missing.IsEmpty ? missing[0] : null;
        return ItemOutcome.Deny(item, Nearness.Of(unmet, shown.Length), reason, flow.Rule.Id, condition: first);
    }

    private ItemOutcome Permit(
        Flow flow, DataItemId item, ImmutableArray<LegalBasisCitation> basis, in ConsentFinding consents, ImmutableArray<ConditionEvidence> shown, Holding holding)
    {
        var masked = ImmutableArray<string>.Empty;
        var duties = flow.Rule.Obligations;
        foreach (var mask in law.MasksOf(item))
        {
            if (Applies(mask.Prohibition, flow, item, ref holding))
            {
                masked = [.. masked.Union(mask.Elements)];
                duties = [.. duties.Union(mask.Prohibition.Obligations)];
            }
        }

        var permit = new ItemDecision.Permit
        {
            Item = item,
            Rule = flow.Rule.Id,
            Basis = basis,
            Consents = [.. consents.Used.Select(static consent => new ConsentReference { Id = consent.Id, Version = consent.Version, Form = consent.Form })],
            Conditions = shown,
            Masked = masked,
        };
        return new ItemOutcome(permit, Nearness.Permitted, duties, holding.Until);
    }

    private (ImmutableArray<ConditionEvidence> Shown, ImmutableArray<ConditionId> Missing) ShowConditions(
        Flow flow, FlowFinding finding, DataItemId item, in ConsentFinding consents, ref Holding holding)
    {
        if (flow.AllAlike)
        {
            return (finding.Shown, finding.Missing);
        }

        var shown = ImmutableArray.CreateBuilder<ConditionEvidence>(flow.Conditions.Length);
        var missing = ImmutableArray<ConditionId>.Empty;
        for (var index = 0; index < flow.Conditions.Length; index++)
        {
            var condition = flow.Conditions[index];
            if (consents.Missing is not null && flow.RestsOnConsent[index])
            {
                continue;
            }

            var found = flow.DiffersByItem[index] ? circumstances.Show(condition, flow, item, consents, ref holding) : finding.Evidence[index];
            if (found is { } evidence)
            {
                shown.Add(evidence);
            }
            else
            {
                missing = missing.Add(condition.Id);
            }
        }

        return (shown.DrainToImmutable(), missing);
    }

    private ItemOutcome NothingCarries(DataItemId item)
    {
        var holding = new Holding();
        if (FindNever(null, item, ref holding) is { } never)
        {
            return ItemOutcome.Deny(item, Nearness.Never, never.Reason, prohibition: never.Id);
        }

        var (reason, rule) = law.Nearest(circumstances.Request, item);
        return ItemOutcome.Deny(item, Nearness.Nothing, reason, rule);
    }

    private Prohibition? FindNever(Flow? flow, DataItemId item, ref Holding holding)
    {
        foreach (var never in law.NeversOf(item))
        {
            if (Applies(never, flow, item, ref holding))
            {
                return never;
            }
        }

        return null;
    }

    private bool Applies(Prohibition prohibition, Flow? flow, DataItemId item, ref Holding holding)
    {
        var request = circumstances.Request;
        return !prohibition.OnlySectors.Contains(request.To.Sector)
            && !prohibition.OnlyRecipients.Any(party => party.Sector == request.To.Sector && party.Roles.Contains(request.To.Role))
            && IsOrAny(prohibition.ToSectors, request.To.Sector)
            && IsOrAny(prohibition.ToRoles, request.To.Role)
            && (prohibition.ToActors.IsEmpty || (request.To.Actor is { } actor && prohibition.ToActors.Contains(actor)))
            && !(request.Purpose is { } purpose && prohibition.OnlyPurposes.Contains(purpose))
            && IsOrAny(prohibition.Channels, request.Channel)
            && (prohibition.OnRules.IsEmpty || (flow is not null && prohibition.OnRules.Contains(flow.Rule.Id)))
            && (prohibition.DocumentLabels.IsEmpty || prohibition.DocumentLabels.Any(label => IsLabelled(item, label)))
            && IsSoNow(prohibition.When, item, ref holding)
            && !IsLifted(prohibition, flow, item, ref holding);
    }

    private bool IsLabelled(DataItemId item, string label) =>
        circumstances.Request.ItemLabels.Contains(label) || (circumstances.Request.ItemTags.TryGetValue(item, out var tags) && tags.Contains(label));

    private static bool IsOrAny<T>(ImmutableArray<T> named, T actual) => named.IsEmpty || named.Contains(actual);

    private bool IsLifted(Prohibition prohibition, Flow? flow, DataItemId item, ref Holding holding)
    {
        if (flow is null)
        {
            return false;
        }

        foreach (var id in prohibition.Unless)
        {
            if (circumstances.Show(law.Catalogue.Conditions[id], flow, item, default, ref holding) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any of the facts is so or unknown; where none is, the answer holds until one may become so.</summary>
    private bool IsSoNow(ImmutableArray<ClientFact> facts, DataItemId item, ref Holding holding)
    {
        if (facts.IsEmpty)
        {
            return true;
        }

        foreach (var fact in facts)
        {
            if (IsOrUnknown(fact, item))
            {
                return true;
            }

            holding.EndsWith(fact == ClientFact.OfAge ? circumstances.LastDayBelow(MinorsConsent.FullAge) : null);
            if (fact == ClientFact.CapacityUnknown)
            {
                holding.EndsAt(CapacityFor(item)?.To);
                holding.EndsWith(CapacityFor(item) is null ? AssumedNotAbleThrough() : null);
            }
        }

        return false;
    }

    private bool IsOrUnknown(ClientFact fact, DataItemId item)
    {
        var facts = circumstances.State.Facts;
        return fact switch
        {
            ClientFact.SafetyProhibition => facts.SafetyProhibition != false,
            ClientFact.GuardianSafetyProhibition => facts.GuardianSafetyProhibition,
            ClientFact.GuardianBarred => facts.GuardianBar || facts.Capacity.Any(static decision => MinorsConsent.Meaning(decision) == Ability.AbleAndForbids),
            ClientFact.CapacityUnknown => CapacityFor(item) is { } decision ? MinorsConsent.Meaning(decision) == Ability.Unknown : AssumedNotAbleThrough() is null,
            ClientFact.OfAge => circumstances.AgeInYears is not < MinorsConsent.FullAge,
            ClientFact.Deceased => facts.Deceased,
            _ => true,
        };
    }

    /// <summary>The capacity decision in the context of the item's sector; in any context where the sector has none of its own.</summary>
    private CapacityDecision? CapacityFor(DataItemId item) => circumstances.Capacity(
        law.Catalogue.Items.TryGetValue(item, out var known) && known.Sector is { } sector && law.Catalogue.MinorsPolicies.TryGetValue(sector.Value, out var policy)
            ? policy.CapacityContext
            : null);

    /// <summary>The last day on which a child with no decision on record counts as not able; null where that is over or never was.</summary>
    private DateOnly? AssumedNotAbleThrough() => law.Catalogue.MinorsPolicies.Values
        .Where(policy => circumstances.AgeInYears < policy.AssumedNotAbleBelow)
        .Min(policy => circumstances.LastDayBelow(policy.AssumedNotAbleBelow!.Value));
}

/// <summary>How near an item came to a permit; the nearest outcome is the one that is told.</summary>
internal static class Nearness
{
    internal const int Nothing = 0;
    internal const int Never = int.MaxValue - 1;
    internal const int Permitted = int.MaxValue;

    /// <summary>Fewest things unmet, then most things met.</summary>
    internal static int Of(int unmet, int met) => 1_000_000 - (unmet * 1_000) + met;
}

/// <summary>The outcome of one item under one rule.</summary>
internal readonly record struct ItemOutcome(ItemDecision Decision, int Nearness, ImmutableArray<string> Obligations, DateTimeOffset? Until)
{
    internal static ItemOutcome Deny(
        DataItemId item, int nearness, ReasonClass reason, RuleId? rule = null, ProhibitionId? prohibition = null, ConditionId? condition = null) =>
        new(new ItemDecision.Deny { Item = item, Reason = reason, Rule = rule, Prohibition = prohibition, Condition = condition }, nearness, [], null);
}
