// Whether a rule is in force on a day.
using Sisote.Policy.Catalogues;

namespace Sisote.Portal.Rules;

/// <summary>Where a rule stands in time.</summary>
internal enum RuleTerm
{
    /// <summary>In force on the day.</summary>
    InForce,

    /// <summary>Comes into force after the day.</summary>
    Later,

    /// <summary>Is over on the day.</summary>
    Over,

    /// <summary>Stands in the law layer and is not used.</summary>
    NotInUse,
}

/// <summary>Tells the term of a rule.</summary>
internal static class RuleTerms
{
    /// <summary>The term on a day: by the rule's own dates, and by those of its statutes, one of which has to be in force.</summary>
    internal static RuleTerm TermOn(this DisclosureRule rule, DateOnly day)
    {
        if (!rule.Enabled)
        {
            return RuleTerm.NotInUse;
        }

        var isInForce = !(day < rule.ValidFrom || rule.ValidTo < day) && rule.LegalBasis.Any(basis => !(day < basis.ValidFrom || basis.ValidTo < day));
        return isInForce ? RuleTerm.InForce : rule.FirstDay() > day ? RuleTerm.Later : RuleTerm.Over;
    }

    /// <summary>The first day of a rule; null = not said.</summary>
    internal static DateOnly? FirstDay(this DisclosureRule rule) => rule.ValidFrom ?? rule.LegalBasis.Min(static basis => basis.ValidFrom);
}
