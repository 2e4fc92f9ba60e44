// The catalogue compiled for deciding: one pair of one rule.
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Deciding;

/// <summary>One pair of one rule, ready to be assessed.</summary>
internal sealed class Flow
{
    private readonly bool[] carries;

    internal Flow(DisclosureRule rule, RulePair pair, RuleInTime[] times, CompiledLaw law)
    {
        Rule = rule;
        Times = times;
        carries = law.Words.Items.Mark(pair.Items.Select(static item => item.Value));
        Conditions = [.. rule.Conditions.Concat(pair.Conditions).Distinct().Select(id => law.Conditions[id])];
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

    /// <summary>The consents the rule asks for.</summary>
    internal Requirement[] Consents { get; }

    /// <summary>The context in which a professional's capacity decision counts for this rule; null = any.</summary>
    internal string? CapacityContext { get; }

    internal bool Carries(KnownItem item) => carries[item.Number];
}
