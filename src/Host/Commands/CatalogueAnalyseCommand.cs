// sisote catalogue analyse: what a sound catalogue may still get wrong.
using System.CommandLine;
using System.Text.Json;
using Sisote.Policy.Analysing;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deciding;

namespace Sisote.Host.Commands;

/// <summary>Prints findings with file and line; ends with 5 if one of them is an error.</summary>
internal static class CatalogueAnalyseCommand
{
    private static readonly Dictionary<FindingSeverity, (string Fi, string Sv, string En)> Words = new()
    {
        [FindingSeverity.Error] = ("virhe", "fel", "error"),
        [FindingSeverity.Warning] = ("varoitus", "varning", "warning"),
        [FindingSeverity.Note] = ("huomio", "obs", "note"),
    };

    /// <summary>The command.</summary>
    internal static Command Make(TimeProvider clock)
    {
        var folder = CatalogueOptions.Folder();
        var day = new Option<DateOnly?>("--day") { HelpName = "YYYY-MM-DD", Description = "The day on which the law is read; today if left out." };
        var language = CatalogueOptions.Language();
        var format = CatalogueOptions.Format("text", "json");
        var command = new Command("analyse", "Look for dead and shadowed rules, items nobody may get, words never used; ends with 5 if there are errors.") { folder, day, language, format };
        command.SetAction(parsed => Run(
            parsed.GetValue(folder), parsed.GetValue(day) ?? FinnishTime.DateOf(clock.GetUtcNow()), parsed.GetRequiredValue(language), parsed.GetRequiredValue(format), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string? folder, DateOnly day, string language, string format, TextWriter output)
    {
        var catalogue = CatalogueOptions.Read(folder);
        var texts = folder is null or CatalogueOptions.Embedded ? CatalogueReader.EmbeddedTexts() : CatalogueReader.DirectoryTexts(folder);
        var analysis = CatalogueAnalysis.Of(catalogue, CataloguePlaces.Of(texts), day);
        if (format == "json")
        {
            output.WriteLine(JsonSerializer.Serialize(
                analysis.Findings.Select(finding => new
                {
                    severity = Words[finding.Severity].En, finding.Kind, finding.Subject, finding.File, finding.Line, explanation = finding.Explanation.In(language),
                }),
                CatalogueOptions.Json));
        }
        else
        {
            WriteText(analysis, language, output);
        }

        return analysis.HasErrors ? ExitCodes.VerificationFailed : ExitCodes.Ok;
    }

    private static void WriteText(CatalogueAnalysis analysis, string language, TextWriter output)
    {
        foreach (var finding in analysis.Findings)
        {
            output.WriteLine($"{finding.File}({finding.Line}): {Word(finding.Severity, language)} {finding.Kind}: {finding.Explanation.In(language)}");
        }

        output.WriteLine(string.Join(", ", Words.Keys.Select(severity => $"{Word(severity, language)}: {analysis.Findings.Count(finding => finding.Severity == severity)}")));
    }

    private static string Word(FindingSeverity severity, string language) => language switch { "fi" => Words[severity].Fi, "sv" => Words[severity].Sv, _ => Words[severity].En };
}
