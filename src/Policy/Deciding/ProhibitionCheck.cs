// Whether a never rule or a mask applies to an item in one request.
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Deciding;

/// <summary>A prohibition applies when everything it names is so; a fact nobody knows counts as being so.</summary>
internal static class ProhibitionCheck
{
    /// <summary>The first of some never rules that closes an item; under no flow where nothing carries it.</summary>
    internal static Prohibition? FindNever(KnownProhibition[] nevers, KnownItem item, Flow? flow, in Circumstances circumstances, ref Holding holding)
    {
        foreach (var never in nevers)
        {
            if (Applies(never, item, flow, circumstances, ref holding))
            {
                return never.Rule;
            }
        }

        return null;
    }

    internal static bool Applies(KnownProhibition known, KnownItem item, Flow? flow, in Circumstances circumstances, ref Holding holding)
    {
        var rule = known.Rule;
        var request = circumstances.Request;
        return known.Concerns(circumstances.Ends, circumstances.Purpose)
            && (rule.ToActors.IsEmpty || (request.To.Actor is { } actor && rule.ToActors.Contains(actor)))
            && (rule.Channels.IsEmpty || rule.Channels.Contains(request.Channel))
            && (rule.OnRules.IsEmpty || (flow is not null && rule.OnRules.Contains(flow.Rule.Id)))
            && (rule.DocumentLabels.IsEmpty || IsLabelled(rule, item, circumstances))
            && (rule.When.IsEmpty || IsSoNow(rule, item, circumstances, ref holding))
            && !(flow is not null && IsLifted(known, item, flow, circumstances, ref holding));
    }

    private static bool IsLabelled(Prohibition rule, KnownItem item, in Circumstances circumstances)
    {
        var request = circumstances.Request;
        if (request.ItemLabels.IsEmpty && request.ItemTags.IsEmpty)
        {
            return false; // most requests know no labels: nothing to compare
        }

        var isTagged = request.ItemTags.TryGetValue(item.Id, out var tags) && !tags.IsDefault;
        foreach (var label in rule.DocumentLabels)
        {
            if (request.ItemLabels.Contains(label) || (isTagged && tags.Contains(label)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLifted(KnownProhibition known, KnownItem item, Flow flow, in Circumstances circumstances, ref Holding holding)
    {
        foreach (var condition in known.Unless)
        {
            if (ConditionProof.Find(condition, flow, item, null, circumstances, ref holding).IsShown)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any of the facts is so or unknown; where none is, the answer holds until one may become so.</summary>
    private static bool IsSoNow(Prohibition rule, KnownItem item, in Circumstances circumstances, ref Holding holding)
    {
        foreach (var fact in rule.When)
        {
            if (IsOrUnknown(fact, item, circumstances))
            {
                return true;
            }

            holding.EndsAt(fact == ClientFact.OfAge ? circumstances.EndOfMinority : null);
            if (fact == ClientFact.CapacityUnknown)
            {
                var capacity = circumstances.CapacityIn(item.CapacityContext);
                holding.EndsAt(capacity.Until);
                holding.EndsAt(capacity.Ability is null ? circumstances.EndOfAssumedInability : null);
            }
        }

        return false;
    }

    private static bool IsOrUnknown(ClientFact fact, KnownItem item, in Circumstances circumstances)
    {
        var facts = circumstances.State.Facts;
        return fact switch
        {
            ClientFact.SafetyProhibition => facts.SafetyProhibition != false,
            ClientFact.GuardianSafetyProhibition => facts.GuardianSafetyProhibition,
            ClientFact.GuardianBarred => GuardianReach.IsBarred(facts, item.CapacityContext),
            ClientFact.CapacityUnknown => circumstances.CapacityIn(item.CapacityContext).Ability is { } ability
                ? ability == Ability.Unknown
                : circumstances.EndOfAssumedInability is null,
            ClientFact.OfAge => circumstances.AgeInYears is not < MinorsConsent.FullAge,
            ClientFact.Deceased => facts.Deceased,
            _ => true,
        };
    }
}
