// Writes one rule of an explanation: what it lets happen, its statutes, needs, time and certainty.
using System.Globalization;
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal sealed class WayWriter(LegalCatalogue catalogue, NameBook names, string language, StringBuilder text)
{
    /// <summary>Whether a rule is in time on a day: its own dates and those of at least one of its statutes.</summary>
    internal static bool IsInForce(DisclosureRule rule, DateOnly day) =>
        !(day < rule.ValidFrom || rule.ValidTo < day) && rule.LegalBasis.Any(basis => IsInForce(basis, day));

    /// <summary>Writes a rule with those of its pairs that carry the item between the parties; several differ in what they need.</summary>
    internal void Write(DisclosureRule rule, RulePair[] pairs, DateOnly day)
    {
        text.Append('\n').Append(ExplanationTexts.Rule.In(language)).Append(' ').Append(rule.Id).Append(": ").Append(rule.Title.In(language)).Append('\n');
        var remark = !rule.Enabled ? ExplanationTexts.SwitchedOff : !IsInForce(rule, day) ? ExplanationTexts.NotInForce : null;
        if (remark is not null)
        {
            Line(1, "(!) " + Say.Capital(remark.In(language)) + ".");
        }

        Line(1, (pairs[0].Obliges ? ExplanationTexts.Must : ExplanationTexts.May).In(language) + " " + Say.Capital(NameBook.Direction(rule.Direction, language)) + ".");
        if (rule.StatutoryNotification)
        {
            Line(1, ExplanationTexts.Statutory.In(language));
        }

        WriteBasis(rule, day);
        WriteNeeds(rule, pairs);
        WriteObligations(rule);
        Line(1, $"{ExplanationTexts.InForce.In(language)}: {Say.Period(rule.ValidFrom, rule.ValidTo, language)}.");
        Line(1, $"{ExplanationTexts.Confidence.In(language)}: {ExplanationTexts.ConfidenceWord(rule.Confidence).In(language)}.");
        if (rule.LawyerCheck is { } check)
        {
            Line(1, $"{ExplanationTexts.LawyerCheck.In(language)}: {check.In(language)}");
        }
    }

    private static bool IsInForce(LegalBasis basis, DateOnly day) => !(day < basis.ValidFrom || basis.ValidTo < day);

    private void WriteBasis(DisclosureRule rule, DateOnly day)
    {
        Line(1, ExplanationTexts.Basis.In(language) + ":");
        var shown = IsInForce(rule, day) ? rule.LegalBasis.Where(basis => IsInForce(basis, day)) : rule.LegalBasis;
        foreach (var basis in shown)
        {
            Line(2, $"{Say.Capital(names.Statute(basis.Statute, language))} {basis.Section}: {basis.Paraphrase.In(language)}");
        }
    }

    private void WriteNeeds(DisclosureRule rule, RulePair[] pairs)
    {
        var conditions = rule.Conditions.Concat(pairs[0].Conditions.Where(condition => pairs.All(pair => pair.Conditions.Contains(condition)))).Distinct().ToArray();
        var others = pairs.Select(pair => pair.Conditions.Except(conditions).ToArray()).ToArray();
        if (conditions.Length == 0 && rule.Consents.IsEmpty && others.Any(static other => other.Length == 0))
        {
            Line(1, ExplanationTexts.NothingNeeded.In(language));
            return;
        }

        Line(1, ExplanationTexts.Needed.In(language) + ":");
        var number = 0;
        foreach (var consent in rule.Consents)
        {
            WriteConsent(consent, ++number);
        }

        foreach (var condition in conditions)
        {
            Numbered(++number, $"{catalogue.Conditions[condition].Labels.In(language)}.");
            Line(3, Shown(condition, rule));
        }

        if (others.All(static other => other.Length > 0))
        {
            WriteOthers(rule, others, ++number);
        }
    }

    /// <summary>Ways that differ only in some conditions: one of them is enough.</summary>
    private void WriteOthers(DisclosureRule rule, ConditionId[][] others, int number)
    {
        Numbered(number, ExplanationTexts.OneOf.In(language) + ":");
        foreach (var other in others)
        {
            Line(3, "- " + string.Join(' ', other.Select(condition => $"{catalogue.Conditions[condition].Labels.In(language)}. {Shown(condition, rule)}")));
        }
    }

    private void WriteConsent(ConsentRequirement consent, int number)
    {
        var form = catalogue.ConsentForms[consent.Form];
        var sentences = new List<string> { $"{form.Labels.In(language)} ({form.Statute})." };
        if (consent.Objectable)
        {
            sentences.Add(ExplanationTexts.UnlessForbidden.In(language));
        }
        else
        {
            sentences.AddRange(form.Itemised || consent.Itemised ? [ExplanationTexts.Itemised.In(language)] : []);
            sentences.AddRange(form.Written ? [ExplanationTexts.Written.In(language)] : []);
            sentences.Add(ExplanationTexts.OtherConsentsDoNotDo.In(language));
        }

        Numbered(number, string.Join(' ', sentences));
        if (consent.MinorsContext is { } context)
        {
            Line(3, $"{ExplanationTexts.Minor.In(language)}: {ExplanationTexts.Decider(catalogue.MinorsPolicies[context].Decider).In(language)}.");
        }
    }

    private string Shown(ConditionId condition, DisclosureRule rule)
    {
        var sources = catalogue.Conditions[condition].EvaluatedFrom.Where(source => source.Directions.IsEmpty || source.Directions.Contains(rule.Direction)).ToArray();
        var told = sources.Length == 0 ? ExplanationTexts.NotShown.In(language) : string.Join(
            Say.Of("; tai ", "; eller ", "; or ").In(language), sources.Select(source => EvidenceWords.Describe(source with { Directions = [] }, names, language)));
        return $"{ExplanationTexts.ShownBy.In(language)}: {told}.";
    }

    private void WriteObligations(DisclosureRule rule)
    {
        if (rule.Obligations.IsEmpty)
        {
            return;
        }

        Line(1, ExplanationTexts.Afterwards.In(language) + ":");
        foreach (var obligation in rule.Obligations)
        {
            Line(2, "- " + catalogue.Obligations[obligation].In(language));
        }
    }

    private void Numbered(int number, string sentence) => Line(2, $"{number.ToString(CultureInfo.InvariantCulture)}. {sentence}");

    private void Line(int depth, string line) => text.Append(' ', depth == 3 ? 7 : depth * 2).Append(line).Append('\n');
}
