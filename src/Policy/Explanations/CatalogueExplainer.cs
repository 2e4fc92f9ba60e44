// Says in plain words whether an item may go, by which rule, on which section, and what it needs.
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Cells;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

/// <summary>Explains the catalogue to a person: the answer, the rules with their statutes and needs, what is near where there is none, what can stand in the way.</summary>
public sealed class CatalogueExplainer(LegalCatalogue catalogue)
{
    private readonly NameBook names = new(catalogue);

    /// <summary>The explanation as plain text in <c>fi</c>, <c>sv</c> or <c>en</c>.</summary>
    public string Explain(ExplanationQuestion question, string language)
    {
        if (FindUnknownCode(question) is { } unknown)
        {
            return $"{ExplanationTexts.Unknown.In(language)} `{unknown}`.\n";
        }

        var text = new StringBuilder();
        var ways = Ways(question).ToArray();
        WriteQuestion(question, language, text);
        WriteAnswer(question, ways, language, text);
        var writer = new WayWriter(catalogue, names, language, text);
        foreach (var alike in ways.GroupBy(static way => (way.Rule, way.Pair.Obliges)))
        {
            writer.Write(alike.Key.Rule, [.. alike.Select(static way => way.Pair)], question.Day);
        }

        if (ways.Length == 0)
        {
            new NearRules(catalogue, names, language, text).Write(question);
        }

        new NeverWriter(catalogue, names, language, text).Write(question, ways);
        return text.ToString();
    }

    /// <summary>The code that may have been meant by one that the catalogue does not know, or null.</summary>
    public string? FindNearestCode(string unknown) => NearestCode.Find(
        unknown,
        [
            .. catalogue.Items.Keys.Select(static code => code.Value),
            .. catalogue.Sectors.Keys.Select(static code => code.Value),
            .. catalogue.Roles.Keys.Select(static code => code.Value),
            .. catalogue.Purposes.Keys.Select(static code => code.Value),
        ]);

    /// <summary>The first code of the question that the catalogue does not know; null = it knows them all.</summary>
    public string? FindUnknownCode(ExplanationQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return !catalogue.Items.ContainsKey(question.Item) ? question.Item.Value
            : !catalogue.Sectors.ContainsKey(question.FromSector) ? question.FromSector.Value
            : !catalogue.Sectors.ContainsKey(question.ToSector) ? question.ToSector.Value
            : !catalogue.Roles.ContainsKey(question.FromRole) ? question.FromRole.Value
            : !catalogue.Roles.ContainsKey(question.ToRole) ? question.ToRole.Value
            : question.Purpose is { } purpose && !catalogue.Purposes.ContainsKey(purpose) ? purpose.Value
            : null;
    }

    /// <summary>The pairs of rules that carry the item, each rule once where its pairs need the same.</summary>
    private IEnumerable<LawCell> Ways(ExplanationQuestion question) => LawCell.Ordered(catalogue)
        .SelectMany(LawCell.Of)
        .Where(cell => cell.Key.Item == question.Item && cell.Key.Purpose == question.Purpose
            && (question.Direction is null || cell.Key.Direction == question.Direction)
            && Is(cell.Key.From, question.FromSector, question.FromRole) && Is(cell.Key.To, question.ToSector, question.ToRole))
        .DistinctBy(static cell => (cell.Rule.Id, cell.Door, cell.Pair.Obliges));

    private static bool Is(LawEnd end, SectorId sector, RoleId role) => end.IsAnybody || (end.Sector == sector && end.Role == role);

    private void WriteQuestion(ExplanationQuestion question, string language, StringBuilder text)
    {
        text.Append(catalogue.Items[question.Item].Labels.In(language)).Append(" (").Append(question.Item).Append(")\n");
        Line(ExplanationTexts.From, Side(question.FromSector, question.FromRole));
        Line(ExplanationTexts.To, Side(question.ToSector, question.ToRole));
        Line(ExplanationTexts.Purpose, question.Purpose is { } named ? catalogue.Purposes[named].In(language) : ExplanationTexts.NoPurpose.In(language));
        Line(ExplanationTexts.Day, Say.Day(question.Day, language));
        text.Append('\n');

        void Line(LocalisedText what, string value) => text.Append("  ").Append(what.In(language)).Append(": ").Append(value).Append('\n');

        string Side(SectorId sector, RoleId role) => $"{catalogue.Sectors[sector].In(language)}, {names.Role(role, language)}";
    }

    private void WriteAnswer(ExplanationQuestion question, LawCell[] ways, string language, StringBuilder text)
    {
        var open = ways.Where(way => way.Rule.Enabled && WayWriter.IsInForce(way.Rule, question.Day)).ToArray();
        var free = open.Where(way => NeverWriter.AlwaysClosing(catalogue, way.Key, way) is null).ToArray();
        var answer = ways.Length == 0 ? ExplanationTexts.NoRule
            : ways.All(static way => !way.Rule.Enabled) ? ExplanationTexts.OutOfUse
            : open.Length == 0 ? ExplanationTexts.NotOnThisDay
            : free.Length == 0 ? ExplanationTexts.ClosedAlways
            : free.DistinctBy(static way => (way.Rule, way.Pair.Obliges)).Count() is > 1 and var count ? ExplanationTexts.YesWays(count)
            : ExplanationTexts.Yes;
        text.Append(answer.In(language));
        if (answer == ExplanationTexts.ClosedAlways)
        {
            text.Append(' ').Append(names.Prohibition(NeverWriter.AlwaysClosing(catalogue, open[0].Key, open[0])!.Id, language)).Append('.');
        }

        text.Append('\n');
    }
}
