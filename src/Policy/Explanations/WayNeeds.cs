// Sorts what a way asks for into real conditions, what is left out, and what only says how the rule works.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Explanations;

/// <summary>Conditions that somebody must fulfil, apart from those that hold by themselves.</summary>
internal sealed class WayNeeds
{
    private const string Decision = "human-release";

    private readonly LegalCatalogue catalogue;

    internal WayNeeds(LegalCatalogue catalogue, Way way)
    {
        this.catalogue = catalogue;
        var rule = way.Rule;
        var pairs = way.Cells.Select(static cell => cell.Pair).ToArray();
        var shared = rule.Conditions.Concat(pairs[0].Conditions.Where(condition => pairs.All(pair => pair.Conditions.Contains(condition)))).Distinct().ToArray();
        All = [.. shared.Concat(pairs.SelectMany(static pair => pair.Conditions)).Distinct().Select(Find)];
        Common = [.. shared.Where(IsReal)];
        SeenTo = rule.SeeTo;
        var others = pairs.Select(pair => pair.Conditions.Except(shared).Where(IsReal).ToImmutableArray()).ToImmutableArray();
        Others = others.All(static other => other.Length > 0) ? others : [];
    }

    /// <summary>Everything that the rule or one of the pairs names.</summary>
    internal ImmutableArray<Condition> All { get; }

    /// <summary>Conditions of every pair.</summary>
    internal ImmutableArray<ConditionId> Common { get; }

    /// <summary>Sets of conditions, one of which is enough; empty = nothing more is asked.</summary>
    internal ImmutableArray<ImmutableArray<ConditionId>> Others { get; }

    /// <summary>A condition of the right that nothing evaluates, so that the giver makes sure of it; null = none.</summary>
    internal LocalisedText? SeenTo { get; }

    /// <summary>How many conditions people count.</summary>
    internal int Count => Common.Length + (Others.IsEmpty ? 0 : 1) + (SeenTo is null ? 0 : 1);

    /// <summary>Items that the rule leaves out on purpose. What a mask takes out is said with the mask.</summary>
    internal IEnumerable<DataItemId> LeftOut => All.Where(Rests<EvidenceSource.NotCarried>)
        .SelectMany(static condition => condition.EvaluatedFrom).OfType<EvidenceSource.NotCarried>().Select(static absent => absent.Item).Distinct();

    /// <summary>Whether the giver is a named professional.</summary>
    internal bool IsByNamedProfessional => Common.Any(condition => Find(condition).EvaluatedFrom.Any(static source => source is EvidenceSource.NamedProfessional));

    /// <summary>What the consent itself must cover, said with the consent.</summary>
    internal IEnumerable<Condition> OfConsent => All.Where(Rests<EvidenceSource.ConsentFound>);

    /// <summary>Common conditions about the matter itself (a change of school, a request, a commission), not about who looks or decides.</summary>
    internal IEnumerable<ConditionId> Circumstances => Common.Where(condition => Find(condition).EvaluatedFrom.Any(static source => source
        is EvidenceSource.RecordedRelationship { Kinds.Length: < 3, Kinds: not [Decision] } or EvidenceSource.InForceAgreement or EvidenceSource.SchoolForm or EvidenceSource.CompulsoryEducation or EvidenceSource.Age));

    /// <summary>Whether somebody at the giver decides on each release.</summary>
    internal bool AreDecided => IsShownBy(Decision);

    /// <summary>Whether a condition is the decision that somebody at the giver makes.</summary>
    internal bool IsDecision(ConditionId condition) => IsShownBy(condition, Decision);

    /// <summary>Whether the receiver must have asked.</summary>
    internal bool AreAskedFor => IsShownBy("information-request");

    private bool IsShownBy(string kind) => Common.Any(condition => IsShownBy(condition, kind));

    private bool IsShownBy(ConditionId condition, string kind) => Find(condition).EvaluatedFrom.Any(source =>
        (source is EvidenceSource.RecordedRelationship { Kinds: [var only] } && only == kind) || (source is EvidenceSource.RecordedDecision && condition.Value == kind));

    private Condition Find(ConditionId condition) => catalogue.Conditions[condition];

    private bool IsReal(ConditionId id)
    {
        var condition = Find(id);
        return !Rests<EvidenceSource.MaskApplied>(condition) && !Rests<EvidenceSource.NotCarried>(condition)
            && !Rests<EvidenceSource.ConsentFound>(condition) && !Rests<EvidenceSource.ConsentNotAsked>(condition);
    }

    /// <summary>Whether nothing but this kind of evidence shows it.</summary>
    private static bool Rests<T>(Condition condition) => !condition.EvaluatedFrom.IsEmpty && condition.EvaluatedFrom.All(static source => source is T);
}
