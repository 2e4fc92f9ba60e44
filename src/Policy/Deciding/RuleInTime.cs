// A rule during the days on which the same statutes carry it.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;

namespace Sisote.Policy.Deciding;

/// <summary>The statutes in force from a day until the next such day. Found once per catalogue, because a request only needs to know which of them it falls into.</summary>
/// <param name="From">The first day.</param>
/// <param name="Basis">The statutes in force.</param>
/// <param name="Untimely">Why the rule does not apply; null = it does.</param>
/// <param name="Until">The earliest end among the statutes in force and the rule itself.</param>
internal sealed record RuleInTime(DateOnly From, ImmutableArray<LegalBasisCitation> Basis, ReasonClass? Untimely, DateTimeOffset? Until)
{
    /// <summary>One pair of the rule, with the statutes that are about it.</summary>
    internal static RuleInTime[] Of(DisclosureRule rule, RulePair pair)
    {
        var basis = rule.BasisOf(pair).ToArray();
        return [.. FirstDays(rule, basis).Distinct().Order().Select(day => On(rule, basis, day))];
    }

    /// <summary>The one that a day falls into.</summary>
    internal static RuleInTime Find(RuleInTime[] times, DateOnly day)
    {
        var found = times[0];
        foreach (var time in times)
        {
            found = time.From <= day ? time : found;
        }

        return found;
    }

    private static IEnumerable<DateOnly> FirstDays(DisclosureRule rule, LegalBasis[] basis)
    {
        IEnumerable<(DateOnly?, DateOnly?)> ranges = [(rule.ValidFrom, rule.ValidTo), .. basis.Select(static statute => (statute.ValidFrom, statute.ValidTo))];
        yield return DateOnly.MinValue;
        foreach (var (from, to) in ranges)
        {
            if (from is { } first)
            {
                yield return first;
            }

            if (to is { } last && last < DateOnly.MaxValue)
            {
                yield return last.AddDays(1);
            }
        }
    }

    private static RuleInTime On(DisclosureRule rule, LegalBasis[] all, DateOnly day)
    {
        var inForce = all.Where(statute => !(statute.ValidFrom > day || statute.ValidTo < day)).ToArray();
        var holding = new Holding();
        foreach (var statute in inForce)
        {
            holding.EndsWith(statute.ValidTo);
        }

        holding.EndsWith(rule.ValidTo);
        var basis = inForce.Select(static statute => new LegalBasisCitation { Statute = statute.Statute, Section = statute.Section });
        return new RuleInTime(day, [.. basis], OutOfTime(rule, all, inForce.Length == 0, day), holding.Until);
    }

    private static ReasonClass? OutOfTime(DisclosureRule rule, LegalBasis[] all, bool withoutBasis, DateOnly day) =>
        rule.ValidFrom > day ? ReasonClass.NotYetValid
        : rule.ValidTo < day ? ReasonClass.NoLongerValid
        : !withoutBasis ? null
        : all.All(statute => statute.ValidFrom > day) ? ReasonClass.NotYetValid
        : ReasonClass.NoLongerValid;
}
