// The catalogue compiled for deciding: rules by who gives what to whom.
using System.Collections.Frozen;
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Deciding;

/// <summary>Who gives to whom, for what, which way.</summary>
internal readonly record struct FlowKey(SectorId FromSector, RoleId FromRole, SectorId ToSector, RoleId ToRole, PurposeId? Purpose, Direction Direction);

/// <summary>One pair of one rule, ready to be assessed.</summary>
internal sealed class Flow(DisclosureRule rule, RulePair pair, LegalCatalogue catalogue)
{
    internal DisclosureRule Rule => rule;

    internal FrozenSet<DataItemId> Items { get; } = pair.Items.ToFrozenSet();

    /// <summary>Conditions of the rule and of the pair, in the order of the file.</summary>
    internal ImmutableArray<Condition> Conditions { get; } = [.. ConditionsOf(rule, pair, catalogue)];

    /// <summary>Whether a condition must be looked at anew for each item.</summary>
    internal ImmutableArray<bool> DiffersByItem { get; } = Mark(rule, pair, catalogue, static source =>
        source is EvidenceSource.InsideRoleScope or EvidenceSource.ConsentCovers or EvidenceSource.ConsentFound);

    /// <summary>Whether a condition follows from the consents; where none was found, that is the reason to give, not the condition.</summary>
    internal ImmutableArray<bool> RestsOnConsent { get; } = Mark(rule, pair, catalogue, static source =>
        source is EvidenceSource.ConsentCovers or EvidenceSource.ConsentFound);

    /// <summary>Whether all conditions are the same for every item.</summary>
    internal bool AllAlike { get; } = !Mark(rule, pair, catalogue, static source =>
        source is EvidenceSource.InsideRoleScope or EvidenceSource.ConsentCovers or EvidenceSource.ConsentFound).Contains(true);

    /// <summary>The statutes in force on a day.</summary>
    internal ImmutableArray<LegalBasisCitation> BasisOn(DateOnly day, ref Holding holding)
    {
        var basis = ImmutableArray.CreateBuilder<LegalBasisCitation>(rule.LegalBasis.Length);
        foreach (var statute in rule.LegalBasis)
        {
            if ((statute.ValidFrom is null || statute.ValidFrom <= day) && (statute.ValidTo is null || day <= statute.ValidTo))
            {
                basis.Add(new LegalBasisCitation { Statute = statute.Statute, Section = statute.Section });
                holding.EndsWith(statute.ValidTo);
            }
        }

        return basis.DrainToImmutable();
    }

    private static IEnumerable<Condition> ConditionsOf(DisclosureRule rule, RulePair pair, LegalCatalogue catalogue) =>
        rule.Conditions.Concat(pair.Conditions).Distinct().Select(id => catalogue.Conditions[id]);

    private static ImmutableArray<bool> Mark(DisclosureRule rule, RulePair pair, LegalCatalogue catalogue, Func<EvidenceSource, bool> marks) =>
        [.. ConditionsOf(rule, pair, catalogue).Select(condition => condition.EvaluatedFrom.Any(marks))];
}

/// <summary>Until when something holds: the earliest end of all that was relied on.</summary>
internal struct Holding
{
    internal DateTimeOffset? Until { get; private set; }

    internal void EndsAt(DateTimeOffset? end)
    {
        if (end is not null && (Until is null || end < Until))
        {
            Until = end;
        }
    }

    internal void EndsWith(DateOnly? lastDay) => EndsAt(lastDay is { } day && day < DateOnly.MaxValue ? FinnishTime.EndOf(day) : null);
}
