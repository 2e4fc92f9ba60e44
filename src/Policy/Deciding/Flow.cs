// The catalogue compiled for deciding: one pair of one rule.
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Deciding;

/// <summary>One pair of one rule, ready to be assessed.</summary>
internal sealed class Flow
{
    private readonly CarriedItem?[] carried;

    internal Flow(DisclosureRule rule, RulePair pair, RuleInTime[] times, CompiledLaw law)
    {
        Rule = rule;
        Times = times;
        carried = new CarriedItem?[law.Words.Items.Count];
        var concerning = Concerning(rule, pair, law);
        foreach (var item in pair.Items.Select(law.Find).OfType<KnownItem>())
        {
            carried[item.Number] = new CarriedItem(
                item,
                rule.StatutoryNotification ? [] : [.. item.Nevers.Where(concerning.Contains)],
                [.. item.Masks.Where(mask => concerning.Contains(mask.Prohibition))]);
        }

        Conditions = [.. rule.Conditions.Concat(pair.Conditions).Distinct().Select(id => law.Conditions[id])];
        IsDecidedByItem = Conditions.Any(static condition => condition.Condition.IsDecided);
        Consents = [.. rule.Consents.Select(consent => new Requirement(consent, law.Catalogue))];
        CapacityContext = rule.Consents.Select(static consent => consent.MinorsContext).FirstOrDefault(static context => context is not null) is { } context
            ? law.Catalogue.MinorsPolicies[context].CapacityContext
            : null;
    }

    internal DisclosureRule Rule { get; }

    /// <summary>The rule between the days on which something about its statutes changes, in order.</summary>
    internal RuleInTime[] Times { get; }

    /// <summary>Conditions of the rule and of the pair, in the order of the file.</summary>
    internal KnownCondition[] Conditions { get; }

    /// <summary>Whether a human decision may show a condition: it names its items one by one.</summary>
    internal bool IsDecidedByItem { get; }

    /// <summary>The consents the rule asks for.</summary>
    internal Requirement[] Consents { get; }

    /// <summary>The context in which a professional's capacity decision counts for this rule; null = any.</summary>
    internal string? CapacityContext { get; }

    internal bool Carries(KnownItem item) => carried[item.Number] is not null;

    /// <summary>The item as this flow carries it, or null.</summary>
    internal CarriedItem? Find(KnownItem item) => carried[item.Number];

    /// <summary>Recipient and purpose are known here already, so most never rules and masks are ruled out before anybody asks.</summary>
    private static HashSet<KnownProhibition> Concerning(DisclosureRule rule, RulePair pair, CompiledLaw law)
    {
        var purpose = law.Words.NumberOf(pair.Purpose ?? rule.Purpose);
        var recipients = pair.To.Roles.Select(role => law.Words.EndsOf(pair.From.Sector, pair.From.Roles[0], pair.To.Sector, role)).ToArray();
        return [.. law.Prohibitions.Where(prohibition => pair.To == RuleParty.Anybody || recipients.Any(ends => prohibition.Concerns(ends, purpose)))];
    }
}

/// <summary>An item under one flow, with the never rules and masks that may concern it there; no never rule stops a statutory notification.</summary>
internal sealed record CarriedItem(KnownItem Item, KnownProhibition[] Nevers, KnownMask[] Masks);
