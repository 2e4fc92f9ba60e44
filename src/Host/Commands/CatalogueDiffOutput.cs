// Writes a comparison of two catalogues as sentences, table, Markdown or JSON.
using System.Text.Json;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Comparing;

namespace Sisote.Host.Commands;

/// <summary>One comparison in one language.</summary>
internal sealed class CatalogueDiffOutput(CatalogueComparison comparison, string language, TextWriter output)
{
    private static readonly Dictionary<ChangeEffect, (string Mark, LocalisedText Heading, LocalisedText Word)> Effects = new()
    {
        [ChangeEffect.Widens] = ("!", Of("AVAA UUTTA – katso nämä ensin", "ÖPPNAR NYTT – granska dessa först", "OPENS SOMETHING - look at these first"), Of("avaa", "öppnar", "opens")),
        [ChangeEffect.MayWiden] = ("?", Of("VOI AVATA – ihmisen arvioitava", "KAN ÖPPNA – en människa ska bedöma", "MAY OPEN SOMETHING - a person must judge"), Of("voi avata", "kan öppna", "may open")),
        [ChangeEffect.Narrows] = ("-", Of("SULKEE", "STÄNGER", "CLOSES SOMETHING"), Of("sulkee", "stänger", "closes")),
        [ChangeEffect.Words] = (".", Of("SANAT, VELVOITTEET JA AJAT – tiedon kulku ei muutu", "ORD, SKYLDIGHETER OCH TIDER – flödena ändras inte", "WORDS, DUTIES AND PERIODS - what may flow stays"), Of("sanat", "ord", "words")),
    };

    internal void WriteText()
    {
        if (comparison.IsSame)
        {
            output.WriteLine(Nothing());
            return;
        }

        foreach (var group in comparison.Changes.GroupBy(static change => change.Effect))
        {
            output.WriteLine(Effects[group.Key].Heading.In(language));
            foreach (var change in group)
            {
                output.WriteLine($"  {Effects[group.Key].Mark} {change.Sentence.In(language)}");
            }

            output.WriteLine();
        }

        output.WriteLine(Summary());
    }

    internal void WriteTable() => Table.Write(output, Headings(), comparison.Changes.Select(Row));

    internal void WriteMarkdown()
    {
        if (comparison.IsSame)
        {
            output.WriteLine(Nothing());
            return;
        }

        output.WriteLine($"| {string.Join(" | ", Headings())} |");
        output.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", Headings().Length))}");
        foreach (var change in comparison.Changes)
        {
            output.WriteLine($"| {string.Join(" | ", Row(change).Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
        }
    }

    internal void WriteJson() => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            old = comparison.Old.Version.Value,
            @new = comparison.New.Version.Value,
            same = comparison.IsSame,
            changes = comparison.Changes.Select(change => new
            {
                effect = JsonNamingPolicy.KebabCaseLower.ConvertName(change.Effect.ToString()),
                kind = change.Subject.Kind,
                code = change.Subject.Code,
                change.From,
                change.To,
                change.Purpose,
                change.Items,
                sentence = change.Sentence.In(language),
            }),
        },
        CatalogueOptions.Json));

    /// <summary>The law is the same; where the texts differ all the same, that is said.</summary>
    private string Nothing() => (comparison.Old.Version == comparison.New.Version
        ? Of("Mikään ei muutu.", "Ingenting ändras.", "Nothing changes.")
        : Of("Mikään ei muutu. Vain tiedostojen huomautukset eroavat.", "Ingenting ändras. Bara filernas anmärkningar skiljer sig.", "Nothing changes. Only remarks in the files differ.")).In(language);

    private string Summary()
    {
        var counted = comparison.Changes.GroupBy(static change => change.Effect).Select(group => $"{group.Count()} {Effects[group.Key].Word.In(language)}");
        return $"{Of("Muutoksia", "Ändringar", "Changes").In(language)}: {comparison.Changes.Length} ({string.Join(", ", counted)})";
    }

    private string[] Headings() => language switch
    {
        "fi" => ["vaikutus", "kohde", "luovuttaja", "vastaanottaja", "tarkoitus", "tiedot", "muutos"],
        "sv" => ["verkan", "föremål", "utlämnare", "mottagare", "ändamål", "uppgifter", "ändring"],
        _ => ["effect", "what", "from", "to", "purpose", "items", "change"],
    };

    private string[] Row(CatalogueChange change) =>
    [
        $"{Effects[change.Effect].Mark} {Effects[change.Effect].Word.In(language)}", change.Subject.ToString(),
        change.From ?? string.Empty, change.To ?? string.Empty, change.Purpose ?? string.Empty, change.Items ?? string.Empty, change.Sentence.In(language),
    ];

    private static LocalisedText Of(string fi, string sv, string en) => new() { Fi = fi, Sv = sv, En = en };
}
