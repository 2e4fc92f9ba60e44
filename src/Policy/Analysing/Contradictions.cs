// Whether the conditions of a pair can all hold at once.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Analysing;

/// <summary>Tries every way in which the conditions of a pair could be shown together.</summary>
internal sealed class Contradictions(LegalCatalogue catalogue, NameBook names)
{
    /// <summary>Why the conditions can never all hold, or null.</summary>
    internal Func<string, string>? Find(DisclosureRule rule, RulePair pair)
    {
        var conditions = rule.Conditions.Concat(pair.Conditions).Distinct().ToArray();
        foreach (var condition in conditions)
        {
            var sources = catalogue.Conditions[condition].EvaluatedFrom;
            if (sources.IsEmpty)
            {
                return language => Say.Of(
                    $"edellytystä ”{names.Condition(condition, "fi")}” ei voi osoittaa mitenkään",
                    $"villkoret ”{names.Condition(condition, "sv")}” kan inte visas på något sätt",
                    $"nobody can evaluate the condition \"{names.Condition(condition, "en")}\"").In(language);
            }

            if (!sources.Any(source => IsPossible(source, rule, pair)))
            {
                return language => Say.Of(
                    $"edellytys ”{names.Condition(condition, "fi")}” ei voi täyttyä tässä säännössä",
                    $"villkoret ”{names.Condition(condition, "sv")}” kan inte uppfyllas i den här regeln",
                    $"the condition \"{names.Condition(condition, "en")}\" cannot hold in this rule").In(language);
            }
        }

        return CanAllHold([.. conditions.Select(condition => Ways(condition, rule, pair))], new Circumstance()) ? null : language => Say.Of(
            $"edellytykset eivät voi täyttyä yhtä aikaa: {Listed(conditions, "fi")}",
            $"villkoren kan inte uppfyllas samtidigt: {Listed(conditions, "sv")}",
            $"the conditions can never hold together: {Listed(conditions, "en")}").In(language);
    }

    private string Listed(ConditionId[] conditions, string language) => string.Join("; ", conditions.Select(condition => names.Condition(condition, language)));

    private ImmutableArray<EvidenceSource> Ways(ConditionId condition, DisclosureRule rule, RulePair pair) =>
        [.. catalogue.Conditions[condition].EvaluatedFrom.Where(source => IsPossible(source, rule, pair))];

    private static bool IsPossible(EvidenceSource source, DisclosureRule rule, RulePair pair) =>
        (source.Directions.IsEmpty || source.Directions.Contains(rule.Direction)) && source switch
        {
            EvidenceSource.ConsentNotAsked => rule.Consents.IsEmpty,
            EvidenceSource.ConsentFound or EvidenceSource.ConsentCovers => rule.Consents.Any(static consent => !consent.Objectable),
            EvidenceSource.NotCarried absent => !pair.Items.Contains(absent.Item),
            _ => true,
        };

    private static bool CanAllHold(ReadOnlySpan<ImmutableArray<EvidenceSource>> conditions, Circumstance so)
    {
        if (conditions.IsEmpty)
        {
            return true;
        }

        foreach (var source in conditions[0])
        {
            if (so.With(source) is { } narrower && CanAllHold(conditions[1..], narrower))
            {
                return true;
            }
        }

        return false;
    }
}
