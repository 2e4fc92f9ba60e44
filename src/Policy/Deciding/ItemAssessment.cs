// Decides one item: statutory notification, never rules, prohibitions of the client, permit rules with their masks, deny.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Deciding;

/// <summary>All outcomes of one request; each item is judged under every rule that could carry it.</summary>
internal sealed class ItemAssessment(CompiledLaw law, Circumstances circumstances)
{
    private readonly ImmutableArray<Flow> flows = law.Find(circumstances.Request);

    internal ItemOutcome Assess(DataItemId item)
    {
        ItemOutcome? best = null;
        foreach (var flow in flows)
        {
            if (!flow.Items.Contains(item))
            {
                continue;
            }

            var outcome = AssessUnder(flow, item);
            if (best is null || outcome.Nearness > best.Value.Nearness)
            {
                best = outcome;
            }
        }

        return best ?? NothingCarries(item);
    }

    private ItemOutcome AssessUnder(Flow flow, DataItemId item)
    {
        if (!flow.Rule.StatutoryNotification && FindNever(flow, item) is { } never)
        {
            return ItemOutcome.Deny(item, Nearness.Never, never.Reason, flow.Rule.Id, never.Id);
        }

        var holding = new Holding();
        if (OutOfTime(flow.Rule) is { } reason)
        {
            return ItemOutcome.Deny(item, Nearness.Time, reason, flow.Rule.Id);
        }

        var basis = flow.BasisOn(circumstances.Today, ref holding);
        holding.EndsWith(flow.Rule.ValidTo);
        if (basis.IsEmpty)
        {
            var later = flow.Rule.LegalBasis.All(statute => statute.ValidFrom > circumstances.Today);
            return ItemOutcome.Deny(item, Nearness.Time, later ? ReasonClass.NotYetValid : ReasonClass.NoLongerValid, flow.Rule.Id);
        }

        var consents = ConsentSearch.Find(flow, item, circumstances, ref holding);
        if (consents.Missing == ReasonClass.Prohibition)
        {
            return ItemOutcome.Deny(item, Nearness.Prohibition, ReasonClass.Prohibition, flow.Rule.Id);
        }

        return ShowConditions(flow, item, consents, ref holding) switch
        {
            (_, { } missing) => ItemOutcome.Deny(item, Nearness.Condition, ReasonClass.ConditionMissing, flow.Rule.Id, condition: missing),
            _ when consents.Missing is { } lack => ItemOutcome.Deny(item, Nearness.Consent, lack, flow.Rule.Id),
            _ when !flow.Rule.StatutoryNotification && circumstances.InsideScope(item) == false =>
                ItemOutcome.Deny(item, Nearness.Condition, ReasonClass.ConditionMissing, flow.Rule.Id),
            (var shown, _) => Permit(flow, item, basis, consents, shown, holding),
        };
    }

    private ItemOutcome Permit(
        Flow flow, DataItemId item, ImmutableArray<LegalBasisCitation> basis, in ConsentFinding consents, ImmutableArray<ConditionEvidence> shown, in Holding holding)
    {
        var masked = ImmutableArray<string>.Empty;
        var duties = flow.Rule.Obligations;
        foreach (var mask in law.MasksOf(item))
        {
            if (Applies(mask.Prohibition, flow, item))
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

    private (ImmutableArray<ConditionEvidence> Shown, ConditionId? Missing) ShowConditions(Flow flow, DataItemId item, in ConsentFinding consents, ref Holding holding)
    {
        var shown = ImmutableArray.CreateBuilder<ConditionEvidence>(flow.Conditions.Length);
        foreach (var condition in flow.Conditions)
        {
            if (consents.Missing is not null && RestsOnConsent(condition))
            {
                continue;
            }

            if (circumstances.Show(condition, flow, item, consents, ref holding) is not { } evidence)
            {
                return ([], condition.Id);
            }

            shown.Add(evidence);
        }

        return (shown.DrainToImmutable(), null);
    }

    /// <summary>Where no consent was found, that is the reason to give, not the conditions that follow from it.</summary>
    private static bool RestsOnConsent(Condition condition) =>
        condition.EvaluatedFrom.Any(static source => source is EvidenceSource.ConsentCovers or EvidenceSource.ConsentFound);

    private ReasonClass? OutOfTime(DisclosureRule rule) =>
        rule.ValidFrom > circumstances.Today ? ReasonClass.NotYetValid
        : rule.ValidTo < circumstances.Today ? ReasonClass.NoLongerValid
        : null;

    private ItemOutcome NothingCarries(DataItemId item)
    {
        if (FindNever(null, item) is { } never)
        {
            return ItemOutcome.Deny(item, Nearness.Never, never.Reason, prohibition: never.Id);
        }

        var (reason, rule) = law.Nearest(circumstances.Request, item);
        return ItemOutcome.Deny(item, Nearness.Nothing, reason, rule);
    }

    private Prohibition? FindNever(Flow? flow, DataItemId item)
    {
        foreach (var never in law.NeversOf(item))
        {
            if (Applies(never, flow, item))
            {
                return never;
            }
        }

        return null;
    }

    private bool Applies(Prohibition prohibition, Flow? flow, DataItemId item)
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
            && (prohibition.When.IsEmpty || prohibition.When.Any(IsOrUnknown))
            && !IsLifted(prohibition, flow, item);
    }

    private bool IsLabelled(DataItemId item, string label) =>
        circumstances.Request.ItemLabels.Contains(label) || (circumstances.Request.ItemTags.TryGetValue(item, out var tags) && tags.Contains(label));

    private static bool IsOrAny<T>(ImmutableArray<T> named, T actual) => named.IsEmpty || named.Contains(actual);

    private bool IsLifted(Prohibition prohibition, Flow? flow, DataItemId item)
    {
        if (flow is null)
        {
            return false;
        }

        var holding = new Holding();
        foreach (var id in prohibition.Unless)
        {
            if (circumstances.Show(law.Catalogue.Conditions[id], flow, item, default, ref holding) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCapacityUnknown() => circumstances.Capacity(null) is { } decision
        ? MinorsConsent.Meaning(decision) == Ability.Unknown
        : !law.Catalogue.MinorsPolicies.Values.Any(policy => circumstances.AgeInYears < policy.AssumedNotAbleBelow);

    private bool IsOrUnknown(ClientFact fact)
    {
        var facts = circumstances.State.Facts;
        return fact switch
        {
            ClientFact.SafetyProhibition => facts.SafetyProhibition != false,
            ClientFact.GuardianSafetyProhibition => facts.GuardianSafetyProhibition,
            ClientFact.GuardianBarred => facts.GuardianBar || facts.Capacity.Any(static decision => MinorsConsent.Meaning(decision) == Ability.AbleAndForbids),
            ClientFact.CapacityUnknown => IsCapacityUnknown(),
            ClientFact.OfAge => circumstances.AgeInYears is not < MinorsConsent.FullAge,
            ClientFact.Deceased => facts.Deceased,
            _ => true,
        };
    }
}

/// <summary>How near an item came; the greatest is what is told.</summary>
internal enum Nearness
{
    Nothing,
    Time,
    Condition,
    Consent,
    Prohibition,
    Never,
    Permitted,
}

/// <summary>The outcome of one item under one rule.</summary>
internal readonly record struct ItemOutcome(ItemDecision Decision, Nearness Nearness, ImmutableArray<string> Obligations, DateTimeOffset? Until)
{
    internal static ItemOutcome Deny(
        DataItemId item, Nearness nearness, ReasonClass reason, RuleId? rule = null, ProhibitionId? prohibition = null, ConditionId? condition = null) =>
        new(new ItemDecision.Deny { Item = item, Reason = reason, Rule = rule, Prohibition = prohibition, Condition = condition }, nearness, [], null);
}
