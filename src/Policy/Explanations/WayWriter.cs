// Writes one rule of an explanation: what it lets happen, how sure, its statutes, consent, conditions and time.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal sealed class WayWriter(LegalCatalogue catalogue, NameBook names, string language, StringBuilder text)
{
    /// <summary>How the data move, as part of a sentence.</summary>
    internal static string Manner(Way way, string language) =>
        way.IsOnBehalf ? Say.Of("luovuttaja kirjaa tiedot vastaanottajan rekisteriin tämän lukuun", "utlämnaren antecknar uppgifterna i mottagarens register för dess räkning", "the giver records the data in the receiver's register on its behalf").In(language)
        : way.IsOwnUse ? Say.Of("vastaanottaja lukee omaa rekisteriään", "mottagaren läser sitt eget register", "the receiver reads its own register").In(language)
        : ((way.Rule.Direction, way.Needs.AreAskedFor, way.Needs.AreDecided) switch
        {
            (Direction.Read, true, true) when way.IsOnlyConfirmed => Say.Of(
                "vastaanottaja pyytää tietoja yksittäisessä asiassa, ja nimetty henkilö luovuttajan organisaatiossa toteaa, että edellytykset täyttyvät",
                "mottagaren begär uppgifterna i ett enskilt ärende, och en namngiven person i utlämnarens organisation konstaterar att villkoren är uppfyllda",
                "the receiver asks for the data in a single matter, and a named person in the giver's organisation finds that the conditions hold"),
            (Direction.Read, true, true) => Say.Of(
                "vastaanottaja pyytää tietoja yksittäisessä asiassa, ja nimetty henkilö luovuttajan organisaatiossa päättää luovutuksesta",
                "mottagaren begär uppgifterna i ett enskilt ärende, och en namngiven person i utlämnarens organisation beslutar om utlämnandet",
                "the receiver asks for the data in a single matter, and a named person in the giver's organisation decides on the release"),
            (Direction.Read, true, _) => Say.Of(
                "vastaanottaja pyytää tietoja yksittäisessä asiassa ja lukee ne", "mottagaren begär uppgifterna i ett enskilt ärende och läser dem", "the receiver asks for the data in a single matter and reads them"),
            (Direction.Read, _, true) => Say.Of(
                "vastaanottaja lukee tiedot, kun nimetty henkilö luovuttajan organisaatiossa on päättänyt luovutuksesta",
                "mottagaren läser uppgifterna när en namngiven person i utlämnarens organisation har beslutat om utlämnandet",
                "the receiver reads the data once a named person in the giver's organisation has decided on the release"),
            _ => Say.InEach(each => NameBook.Direction(way.Rule.Direction, each)),
        }).In(language);

    internal void Write(Way way, DateOnly day)
    {
        var rule = way.Rule;
        text.Append('\n').Append(WayTexts.Rule.In(language)).Append(' ').Append(rule.Id).Append(": ").Append(rule.Title.In(language)).Append('\n');
        WriteHead(way, day);
        Line(1, WayTexts.Basis.In(language) + ":");
        foreach (var basis in way.Basis(day))
        {
            Line(2, $"{names.Cited(basis, language)}: {basis.Paraphrase.In(language)}");
        }

        WriteConsents(way, day);
        WriteConditions(way);
        WriteLeftOut(way.Needs);
        WriteDuties(rule);
        if (rule.Enabled)
        {
            Line(1, $"{WayTexts.InForce.In(language)} {Say.Period(rule.ValidFrom, rule.ValidTo, language)}.");
        }
    }

    private void WriteHead(Way way, DateOnly day)
    {
        var rule = way.Rule;
        if ((!rule.Enabled ? WayTexts.SwitchedOff : !way.IsInForce(day) ? WayTexts.NotInForce : null) is { } remark)
        {
            Line(1, $"(!) {remark.In(language)}.");
        }

        if (!way.IsOpen)
        {
            WriteCase(way);
        }

        if (rule.StatutoryNotification)
        {
            Line(1, WayTexts.Statutory.In(language));
        }

        Line(1, $"{WayTexts.Confidence.In(language)}: {Confidence(way)}");
    }

    /// <summary>What the answer has said already of a way that is open.</summary>
    private void WriteCase(Way way)
    {
        if (way.Case is { } told)
        {
            Line(1, $"{WayTexts.Case.In(language)}: {told.In(language)}.");
        }

        Line(1, WayTexts.Effect(way).In(language) + (way.IsOnBehalf || way.IsOwnUse ? string.Empty : $" {Say.Capital(Manner(way, language))}."));
        if (way.LawyerCheck is { } check)
        {
            Line(1, $"{WayTexts.LawyerCheck.In(language)}: {check.In(language)}");
        }
    }

    /// <summary>How sure the reading is; it says so where it is about the rule and the item has a question of its own.</summary>
    private string Confidence(Way way)
    {
        var (words, item) = (WayTexts.ConfidenceWord(way.Confidence).In(language), catalogue.Items[way.Cells[0].Key.Item]);
        return way.IsCheckOfItem || item.LawyerCheck is not null
            ? words.Insert(words.IndexOf('.', StringComparison.Ordinal), $" ({WayTexts.NotOfItem.In(language)}: {names.Item(item.Id, language)})")
            : words;
    }

    private void WriteConsents(Way way, DateOnly day)
    {
        if (way.Rule.Consents.IsEmpty)
        {
            Line(1, WayTexts.NoConsent(way, catalogue.Items[way.Cells[0].Key.Item]).In(language));
        }

        foreach (var consent in way.Rule.Consents)
        {
            var form = catalogue.ConsentForms[consent.Form];
            var isPermission = ConsentWords.IsPermission(form, catalogue);
            var sentences = ConsentWords.Demands(consent, catalogue).Select(demand => demand.In(language))
                .Concat(isPermission ? way.Needs.OfConsent.Select(condition => $"{condition.Labels.In(language)}.") : []);
            var (label, statutes) = (form.Labels.In(language), ConsentWords.Statutes(form, way.Basis(day)));
            var named = (isPermission ? label : $"{WayTexts.Consent.In(language)}: {Say.Lowered(label)}") + (statutes.Length > 0 ? $" ({Citation.OfStatutes(statutes, language)})." : ".");
            Line(1, $"{named} {string.Join(' ', sentences)}");
            if (consent.MinorsContext is { } context)
            {
                Line(2, $"{WayTexts.Minor.In(language)}: {ConsentWords.Minor(consent, context, catalogue).In(language)}.");
            }
        }
    }

    private void WriteConditions(Way way)
    {
        if (way.Needs.Count == 0)
        {
            Line(1, WayTexts.NothingNeeded.In(language));
            return;
        }

        Line(1, WayTexts.Needed.In(language) + ":");
        var number = 0;
        foreach (var condition in way.Needs.Common)
        {
            Numbered(++number, $"{(way.IsOnlyConfirmed && way.Needs.IsDecision(condition) ? WayTexts.NamedPersonConfirms.In(language) : Label(condition))}.");
            if (Shown(condition, way.Rule) is { } shown)
            {
                Line(3, shown);
            }
        }

        if (!way.Needs.Others.IsEmpty)
        {
            WriteOthers(way.Rule, way.Needs.Others, ++number);
        }

        if (way.Needs.SeenTo is { } seenTo)
        {
            Numbered(++number, $"{seenTo.In(language)}.");
            Line(3, WayTexts.GiverMakesSure.In(language));
        }
    }

    /// <summary>Ways that differ only in some conditions: one of them is enough.</summary>
    private void WriteOthers(DisclosureRule rule, ImmutableArray<ImmutableArray<ConditionId>> others, int number)
    {
        Numbered(number, WayTexts.OneOf.In(language) + ":");
        foreach (var other in others)
        {
            Line(3, "- " + string.Join(' ', other.Select(condition => $"{Label(condition)}. {Shown(condition, rule)}".TrimEnd())));
        }
    }

    /// <summary>What shows a condition; null where the condition says it already.</summary>
    private string? Shown(ConditionId condition, DisclosureRule rule)
    {
        var sources = catalogue.Conditions[condition].EvaluatedFrom.Where(source => source.Directions.IsEmpty || source.Directions.Contains(rule.Direction)).ToArray();
        if (sources.Length > 0 && sources.All(EvidenceWords.IsPlain))
        {
            return null;
        }

        var told = sources.Length == 0 ? WayTexts.NotShown.In(language) : string.Join(
            Say.Of("; tai ", "; eller ", "; or ").In(language), sources.Select(source => EvidenceWords.Describe(source, names, rule, language)));
        return $"{WayTexts.ShownBy.In(language)}: {told}.";
    }

    private void WriteLeftOut(WayNeeds needs)
    {
        var left = needs.LeftOut.Select(item => names.Item(item, language)).ToArray();
        if (left.Length > 0)
        {
            Line(1, $"{WayTexts.LeftOut.In(language)}: {string.Join("; ", left)}.");
        }
    }

    private void WriteDuties(DisclosureRule rule)
    {
        if (rule.Obligations.IsEmpty)
        {
            return;
        }

        Line(1, WayTexts.Afterwards.In(language) + ":");
        foreach (var code in rule.Obligations)
        {
            Line(2, "- " + catalogue.Obligations[code].In(language));
        }
    }

    /// <summary>The condition, with a word where no statute asks for it.</summary>
    private string Label(ConditionId id) =>
        catalogue.Conditions[id] is var condition && condition.Strength == "policy" ? $"{condition.Labels.In(language)} ({LimitTexts.OwnRule.In(language)})" : condition.Labels.In(language);

    private void Numbered(int number, string sentence) => Line(2, $"{number.ToString(CultureInfo.InvariantCulture)}. {sentence}");

    private void Line(int depth, string line) => text.Append(' ', depth == 3 ? 7 : depth * 2).Append(line).Append('\n');
}
