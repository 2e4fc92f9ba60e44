// Writes the answer: yes or no, by duty, right or discretion, with or without consent, on which section, how sure.
using System.Collections.Immutable;
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal sealed class AnswerWriter(LegalCatalogue catalogue, NameBook names, string language, StringBuilder text)
{
    internal void Write(ExplanationQuestion question, ImmutableArray<Way> ways)
    {
        var open = ways.Where(static way => way.IsOpen).ToArray();
        text.Append(AnswerTexts.Answer.In(language)).Append(": ");
        switch (open)
        {
            case []:
                text.Append(No(ways));
                break;
            case [var only]:
                text.Append(Sentence(only, question.Day));
                break;
            default:
                text.Append(AnswerTexts.YesWays(open.Length).In(language));
                foreach (var way in open)
                {
                    text.Append("\n  - ").Append(way.Rule.Id).Append(": ").Append(Uncapital(Sentence(way, question.Day))).Append(Case(way));
                }

                break;
        }

        var item = catalogue.Items[question.Item];
        Append(item.LawyerCheck is not null && open.Length > 0 && !open.All(static way => way.LawyerCheck is not null) ? AnswerTexts.OpenQuestion.In(language) : null, open.Length);
        Append(Later(ways, open.Length), open.Length);
        text.Append('\n');
        WriteItem(item);
    }

    private void Append(string? sentence, int open)
    {
        if (sentence is not null)
        {
            text.Append(open > 1 ? "\n  " : " ").Append(sentence);
        }
    }

    private string No(ImmutableArray<Way> ways)
    {
        if (ways.FirstOrDefault(static way => way is { Time: WayTime.Open, IsClosed: true }) is { } closed)
        {
            var never = NeverWriter.AlwaysClosing(catalogue, closed.Cells[0].Key, closed.Cells[0])!;
            return $"{AnswerTexts.ClosedAlways.In(language)} {names.Prohibition(never.Id, language)}.";
        }

        return (ways.IsEmpty ? AnswerTexts.NoRule : ways.All(static way => !way.Rule.Enabled) ? AnswerTexts.OutOfUse : AnswerTexts.NotOnThisDay).In(language);
    }

    private string Sentence(Way way, DateOnly day)
    {
        var (statutes, isPlain) = (Statutes(way, day), !way.IsOnBehalf && !way.IsOwnUse);
        var kind = !isPlain ? string.Empty : way.Effect switch
        {
            RuleEffect.Oblige => (way.Rule.Consents.IsEmpty ? AnswerTexts.HasDuty : AnswerTexts.HasTask).In(language),
            RuleEffect.Entitle => AnswerTexts.HasRight.In(language),
            _ => string.Empty,
        };
        var tail = (isPlain && way.Effect == RuleEffect.Permit ? " " + AnswerTexts.NoDuty.In(language) : string.Empty)
            + (way.LawyerCheck is null ? string.Empty : " " + AnswerTexts.OpenQuestion.In(language));
        return $"{AnswerTexts.Yes.In(language)}{kind}, {Ground(way)} ({statutes}){AnswerTexts.If(way.Needs.Count).In(language)}.{tail}";
    }

    private string Ground(Way way) =>
        way.IsOnBehalf ? AnswerTexts.OnBehalf.In(language)
        : way.IsOwnUse ? AnswerTexts.OwnUse.In(language)
        : way.Rule.Consents.IsEmpty ? AnswerTexts.WithoutConsent.In(language)
        : Say.And(way.Rule.Consents.Select(consent => ConsentWords.With(consent, catalogue).In(language)), language) + (way.Effect == RuleEffect.AskConsent ? AnswerTexts.ThatTheGiverAsks.In(language) : string.Empty);

    /// <summary>The places of the first two statutes, by number.</summary>
    private string Statutes(Way way, DateOnly day)
    {
        var statutes = way.Basis(day).GroupBy(static basis => basis.Statute).Select(group =>
            Citation.Joined(group.Key, Citation.Of(string.Join(", ", group.Select(static basis => basis.Section).Distinct()), language, amendments: false), language)).ToArray();
        return string.Join("; ", statutes.Take(2)) + (statutes.Length > 2 ? $"; {AnswerTexts.AndOthers.In(language)}" : string.Empty);
    }

    private static string Uncapital(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private string Case(Way way) => way.Rule.Case is { } told ? $" {WayTexts.Case.In(language)}: {told.In(language)}." : string.Empty;

    private string? Later(ImmutableArray<Way> ways, int open)
    {
        var later = ways.Where(static way => way.Time == WayTime.Later && !way.IsClosed).ToArray();
        return later.Length == 0 ? null : $"{(open > 0 ? AnswerTexts.AlsoLater : AnswerTexts.OnlyLater).In(language)}: " + string.Join(", ", later.Select(way => $"{way.Rule.Id} ({Say.Period(way.Rule.ValidFrom, way.Rule.ValidTo, language)})")) + ".";
    }

    /// <summary>Statutes and questions that follow the item whichever rule carries it.</summary>
    private void WriteItem(DataItem item)
    {
        if (item.LegalBasis.IsEmpty && item.LawyerCheck is null)
        {
            return;
        }

        text.Append('\n').Append(AnswerTexts.OfItself.In(language)).Append(" (").Append(names.Item(item.Id, language)).Append("):\n");
        foreach (var basis in item.LegalBasis)
        {
            text.Append("  ").Append(names.Cited(basis, language)).Append(": ").Append(basis.Paraphrase.In(language)).Append('\n');
        }

        if (item.LawyerCheck is { } check)
        {
            text.Append("  ").Append(WayTexts.LawyerCheck.In(language)).Append(": ").Append(check.In(language)).Append('\n');
        }
    }
}
