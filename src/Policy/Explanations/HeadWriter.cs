// Writes under the answer, in short lines, what one way rests on: case, consent, duty, ground, conditions.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal sealed class HeadWriter(LegalCatalogue catalogue, NameBook names, string language, StringBuilder text)
{
    /// <summary>Whether the ways differ in how the data move, so that each must say it.</summary>
    internal bool HaveSeveralManners(IEnumerable<Way> ways) => ways.Select(way => WayWriter.Manner(way, language)).Distinct().Count() > 1;

    internal void Write(Way way, DateOnly day, int depth, bool withManner)
    {
        if (withManner)
        {
            Line(AnswerTexts.How, WayWriter.Manner(way, language));
        }

        if (Case(way) is { Length: > 0 } told)
        {
            Line(WayTexts.Case, told);
        }

        if (way.Rule.Consents.IsEmpty)
        {
            Line(WayTexts.Consent, AnswerTexts.NotNeeded.In(language));
        }

        foreach (var alike in way.Rule.Consents.GroupBy(consent => ConsentWords.IsPermission(catalogue.ConsentForms[consent.Form], catalogue)))
        {
            var needed = Say.And(alike.Select(consent => ConsentWords.Needed(consent, catalogue).In(language)), language);
            Line(alike.Key ? WayTexts.Permission : WayTexts.Consent, needed + (way.Effect == RuleEffect.AskConsent ? AnswerTexts.ThatTheGiverAsks.In(language) : string.Empty));
        }

        if (!way.IsOnBehalf && !way.IsOwnUse)
        {
            Line(AnswerTexts.WhoDecides, VerdictTexts.Decider(way).In(language));
        }

        Line(way.IsOnBehalf || way.IsOwnUse ? AnswerTexts.Nature : AnswerTexts.Duty, Say.Lowered(WayTexts.Effect(way).In(language)).TrimEnd('.'));
        Line(AnswerTexts.Ground, Statutes(way, day));
        Line(AnswerTexts.Conditions, way.Needs is { Count: 1, Common: [var only] } ? $"1 ({names.Condition(only, language)})" : AnswerTexts.HowMany(way.Needs.Count).In(language));

        void Line(LocalisedText what, string value) => text.Append(' ', depth).Append(what.In(language)).Append(": ").Append(value).Append(".\n");
    }

    /// <summary>The case that the rule is for; where it names none, the circumstances that it depends on.</summary>
    private string Case(Way way) => way.Case?.In(language) ?? string.Join("; ", way.Needs.Circumstances.Select(condition => names.Condition(condition, language)));

    /// <summary>The places of the first two statutes, each by its name.</summary>
    private string Statutes(Way way, DateOnly day)
    {
        var statutes = way.Basis(day).GroupBy(static basis => basis.Statute).Select(group => Citation.Joined(
            Say.Capital(names.Statute(group.Key, language)), Citation.Of(string.Join(", ", group.Select(static basis => basis.Section).Distinct()), language, amendments: false), language)).ToArray();
        return (string.Join("; ", statutes.Take(2)) + (statutes.Length > 2 ? $"; {AnswerTexts.AndOthers.In(language)}" : string.Empty)).TrimEnd('.');
    }
}
