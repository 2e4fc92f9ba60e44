// sisote catalogue diff: what changes between two versions of the law.
using System.CommandLine;
using Sisote.Policy.Comparing;

namespace Sisote.Host.Commands;

/// <summary>Tells a reviewer what a new catalogue opens and closes, what opens first.</summary>
internal static class CatalogueDiffCommand
{
    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var old = new Argument<string>("OLD") { Description = "A catalogue folder, or embedded for the built-in one." };
        var @new = new Argument<string>("NEW") { Description = "A catalogue folder, or embedded for the built-in one." };
        var language = CatalogueOptions.Language();
        var format = CatalogueOptions.Format("text", "table", "json", "md");
        var command = new Command("diff", "Say what changes between two versions of the catalogue; ends with 5 if anything does.") { old, @new, language, format };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(old), parsed.GetRequiredValue(@new), parsed.GetRequiredValue(language), parsed.GetRequiredValue(format), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string old, string @new, string language, string format, TextWriter output)
    {
        var comparison = CatalogueComparison.Of(CatalogueOptions.Read(old), CatalogueOptions.Read(@new));
        var writer = new CatalogueDiffOutput(comparison, language, output);
        switch (format)
        {
            case "json":
                writer.WriteJson();
                break;
            case "md":
                writer.WriteMarkdown();
                break;
            case "table":
                writer.WriteTable();
                break;
            default:
                writer.WriteText();
                break;
        }

        return comparison.IsSame ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }
}
