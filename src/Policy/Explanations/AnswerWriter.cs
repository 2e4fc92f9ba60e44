// Writes the answer: yes and what it hangs on, with what a lawyer has not confirmed, or no; then in short lines what decides.
using System.Collections.Immutable;
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

internal sealed class AnswerWriter(LegalCatalogue catalogue, NameBook names, string language, StringBuilder text)
{
    private HeadWriter Heads => new(catalogue, names, language, text);

    internal void Write(ExplanationQuestion question, ImmutableArray<Way> ways)
    {
        var open = ways.Where(static way => way.IsOpen).ToArray();
        var item = catalogue.Items[question.Item];
        var later = Later(ways, open.Length);
        text.Append(AnswerTexts.Answer.In(language)).Append(": ").Append(open switch
        {
            [] => $"{No(ways)} {later}".TrimEnd(),
            [var only] => OfOne(only, item),
            _ => OfSeveral(open, item),
        }).Append('\n');
        if (open is [var single])
        {
            Heads.Write(single, question.Day, depth: 2, withManner: false);
        }
        else if (open.Length > 1)
        {
            WriteCases(open, question.Day);
        }

        if (open.Length > 0 && later is not null)
        {
            text.Append("  ").Append(later).Append('\n');
        }

        WriteItem(item, open.Length > 0);
    }

    private void WriteCases(Way[] open, DateOnly day)
    {
        text.Append("  ").Append(AnswerTexts.WhatDecides.In(language)).Append('\n');
        var withManner = Heads.HaveSeveralManners(open);
        foreach (var way in open)
        {
            text.Append("  - ").Append(names.Rule(way.Rule.Id, language)).Append(If(way, ": ")).Append('.').Append(Unconfirmed(way)).Append('\n');
            Heads.Write(way, day, depth: 6, withManner);
        }
    }

    /// <summary>Of one way: what the yes hangs on, and the question that a lawyer has not yet answered about the rule or the item.</summary>
    private string OfOne(Way way, DataItem item) =>
        (item.LawyerCheck is null ? AnswerTexts.Yes.In(language) : $"{AnswerTexts.Release(way).In(language)}: {Say.Lowered(AnswerTexts.Yes.In(language))}")
        + If(way, ", ") + "." + Unconfirmed(way) + NotYet(item);

    private string OfSeveral(Way[] open, DataItem item)
    {
        var waiting = open.Count(static way => way.LawyerCheck is not null);
        var yes = item.LawyerCheck is null ? AnswerTexts.Yes.In(language) : $"{AnswerTexts.Release(open[0]).In(language)}: {Say.Lowered(AnswerTexts.Yes.In(language))}";
        var doubt = waiting == open.Length ? AnswerTexts.NoneConfirmed : waiting > 0 ? AnswerTexts.SomeNotConfirmed : null;
        return $"{yes}, {AnswerTexts.InCases.In(language)}." + (doubt is null ? string.Empty : $" {doubt.In(language)}") + NotYet(item);
    }

    private string If(Way way, string before) => VerdictTexts.If(way, catalogue) is { } hangs ? before + hangs.In(language) : string.Empty;

    /// <summary>A rule that waits for a lawyer is used all the same: people are told so beside the question.</summary>
    private string Unconfirmed(Way way) => way.LawyerCheck is not { } check ? string.Empty
        : (way.IsCheckOfItem ? $" {catalogue.Items[way.Cells[0].Key.Item].Labels.In(language)}: {Say.Lowered(AnswerTexts.NotConfirmed.In(language))}" : $" {AnswerTexts.NotConfirmed.In(language)}")
        + $" {check.In(language)} {AnswerTexts.UsedAllTheSame.In(language)}";

    private string NotYet(DataItem item) => item.LawyerCheck is not { } check ? string.Empty
        : $" {item.Labels.In(language)}: {AnswerTexts.NotYet.In(language)} {check.In(language)} {AnswerTexts.LeaveOut.In(language)}";

    private string No(ImmutableArray<Way> ways)
    {
        if (ways.FirstOrDefault(static way => way is { Time: WayTime.Open, IsClosed: true }) is { } closed)
        {
            var never = NeverWriter.AlwaysClosing(catalogue, closed.Cells[0].Key, closed.Cells[0])!;
            return $"{AnswerTexts.ClosedAlways.In(language)} {names.Prohibition(never.Id, language)}.";
        }

        return (ways.IsEmpty ? AnswerTexts.NoRule : ways.All(static way => !way.Rule.Enabled) ? AnswerTexts.OutOfUse : AnswerTexts.NotOnThisDay).In(language);
    }

    private string? Later(ImmutableArray<Way> ways, int open)
    {
        var later = ways.Where(static way => way.Time == WayTime.Later && !way.IsClosed).ToArray();
        return later.Length == 0 ? null : $"{(open > 0 ? AnswerTexts.AlsoLater : AnswerTexts.OnlyLater).In(language)}: " + string.Join(", ", later.Select(way => $"{way.Rule.Id} ({Say.Period(way.Rule.ValidFrom, way.Rule.ValidTo, language)})")) + ".";
    }

    /// <summary>Statutes that follow the item whichever rule carries it, and its question where the answer has not put it.</summary>
    private void WriteItem(DataItem item, bool isAsked)
    {
        var check = isAsked ? null : item.LawyerCheck;
        if (item.LegalBasis.IsEmpty && check is null)
        {
            return;
        }

        text.Append('\n').Append(AnswerTexts.OfItself.In(language)).Append(" (").Append(names.Item(item.Id, language)).Append("):\n");
        foreach (var basis in item.LegalBasis)
        {
            text.Append("  ").Append(names.Cited(basis, language)).Append(": ").Append(basis.Paraphrase.In(language)).Append('\n');
        }

        if (check is not null)
        {
            text.Append("  ").Append(WayTexts.LawyerCheck.In(language)).Append(": ").Append(check.In(language)).Append('\n');
        }
    }
}
