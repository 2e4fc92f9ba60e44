// Writes the answer: yes, yes once a lawyer has checked a question, or no; then in short lines what decides.
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
            [var only] => Verdict(only, item),
            _ => Verdict(open, item),
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
            text.Append("  - ").Append(names.Rule(way.Rule.Id, language)).Append(": ").Append(Uncapital(Verdict(way, null))).Append('\n');
            Heads.Write(way, day, depth: 6, withManner);
        }
    }

    /// <summary>Of one way: a doubt about the rule makes the yes wait, a doubt about the item stands beside it.</summary>
    private string Verdict(Way way, DataItem? item)
    {
        var ofItem = way.IsCheckOfItem ? $" {OfItem(catalogue.Items[way.Cells[0].Key.Item], way.LawyerCheck!)}" : string.Empty;
        var following = item?.LawyerCheck is { } check ? $" {OfItem(item, check)} {AnswerTexts.LeaveOut.In(language)}" : string.Empty;
        var yes = way is { LawyerCheck: { } ofRule, IsCheckOfItem: false } ? $"{AnswerTexts.YesOnceChecked.In(language)} {ofRule.In(language)}"
            : (ofItem + following).Length > 0 ? AnswerTexts.YesAsSuch(way).In(language)
            : AnswerTexts.Yes.In(language);
        return yes + ofItem + following;
    }

    private string Verdict(Way[] open, DataItem item)
    {
        var waiting = open.Count(static way => way is { LawyerCheck: not null, IsCheckOfItem: false });
        var yes = waiting == open.Length ? AnswerTexts.YesAllChecked
            : waiting > 0 ? AnswerTexts.YesSomeChecked
            : item.LawyerCheck is not null ? AnswerTexts.YesAsSuch(open[0])
            : AnswerTexts.Yes;
        return yes.In(language) + (item.LawyerCheck is { } check ? $" {OfItem(item, check)} {AnswerTexts.LeaveOut.In(language)}" : string.Empty);
    }

    private string OfItem(DataItem item, LocalisedText check) => $"{item.Labels.In(language)}: {AnswerTexts.LawyerFirst.In(language)}: {check.In(language)}";

    private string No(ImmutableArray<Way> ways)
    {
        if (ways.FirstOrDefault(static way => way is { Time: WayTime.Open, IsClosed: true }) is { } closed)
        {
            var never = NeverWriter.AlwaysClosing(catalogue, closed.Cells[0].Key, closed.Cells[0])!;
            return $"{AnswerTexts.ClosedAlways.In(language)} {names.Prohibition(never.Id, language)}.";
        }

        return (ways.IsEmpty ? AnswerTexts.NoRule : ways.All(static way => !way.Rule.Enabled) ? AnswerTexts.OutOfUse : AnswerTexts.NotOnThisDay).In(language);
    }

    private static string Uncapital(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

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
