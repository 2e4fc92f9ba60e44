// Says in plain words whether an item may go, by which rule, on which section, and what it needs.
using System.Collections.Immutable;
using System.Text;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Wording;

namespace Sisote.Policy.Explanations;

/// <summary>Explains the catalogue to a person: the answer, the rules open on the day with their statutes and needs, those that open later, what can stand in the way.</summary>
public sealed class CatalogueExplainer(LegalCatalogue catalogue)
{
    private readonly NameBook names = new(catalogue);

    /// <summary>The explanation as plain text in <c>fi</c>, <c>sv</c> or <c>en</c>.</summary>
    public string Explain(ExplanationQuestion question, string language)
    {
        if (FindUnknownCode(question) is { } unknown)
        {
            return $"{AnswerTexts.Unknown.In(language)} `{unknown}`.\n";
        }

        var text = new StringBuilder();
        var ways = Way.Of(catalogue, question);
        WriteQuestion(question, ways, language, text);
        new AnswerWriter(catalogue, names, language, text).Write(question, ways);
        WriteWays(question, ways, language, text);
        if (ways.IsEmpty)
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

    private void WriteQuestion(ExplanationQuestion question, ImmutableArray<Way> ways, string language, StringBuilder text)
    {
        text.Append(catalogue.Items[question.Item].Labels.In(language)).Append(" (").Append(question.Item).Append(")\n");
        Line(AnswerTexts.From, Side(question.FromSector, question.FromRole));
        Line(AnswerTexts.To, Side(question.ToSector, question.ToRole));
        var manners = ways.Where(static way => way.IsOpen).DefaultIfEmpty().SelectMany(way => way is null ? ways : [way]).Select(way => WayWriter.Manner(way, language)).Distinct().ToArray();
        var isSaidWithEachCase = manners.Length > 1 && ways.Any(static way => way.IsOpen);
        if (!isSaidWithEachCase && (manners.Length > 0 || question.Direction is not null))
        {
            Line(AnswerTexts.How, manners.Length > 0 ? Say.Or(manners, language) : NameBook.Direction(question.Direction!.Value, language));
        }

        Line(AnswerTexts.Purpose, question.Purpose is { } named ? catalogue.Purposes[named].In(language) : AnswerTexts.NoPurpose.In(language));
        Line(AnswerTexts.Day, Say.Day(question.Day, language));
        Line(AnswerTexts.Statutes, AnswerTexts.CheckedThrough(catalogue.CheckedThrough).In(language));
        text.Append('\n');

        void Line(LocalisedText what, string value) => text.Append("  ").Append(what.In(language)).Append(": ").Append(value).Append('\n');

        string Side(SectorId sector, RoleId role) => $"{catalogue.Sectors[sector].In(language)}, {names.Role(role, language)}";
    }

    /// <summary>The rules open on the day first, then those that open later, last those that are closed or out of use.</summary>
    private void WriteWays(ExplanationQuestion question, ImmutableArray<Way> ways, string language, StringBuilder text)
    {
        var writer = new WayWriter(catalogue, names, language, text);
        Part(null, static way => way.IsOpen);
        Part(WayTexts.Later, static way => !way.IsOpen && way.Time == WayTime.Later);
        Part(WayTexts.NotOpen, static way => !way.IsOpen && way.Time != WayTime.Later);

        void Part(LocalisedText? heading, Func<Way, bool> isPart)
        {
            var part = ways.Where(isPart).ToArray();
            if (part.Length > 0 && heading is not null)
            {
                text.Append('\n').Append(heading.In(language)).Append(":\n");
            }

            foreach (var way in part)
            {
                writer.Write(way, question.Day);
            }
        }
    }
}
