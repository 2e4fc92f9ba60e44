// sisote catalogue matrix: who may give what to whom, all at a glance.
using System.CommandLine;
using Sisote.Policy.Ids;
using Sisote.Policy.Matrices;

namespace Sisote.Host.Commands;

/// <summary>Prints the catalogue as sender by recipient by item.</summary>
internal static class CatalogueMatrixCommand
{
    private sealed record Choice(MatrixFilter Filter, string Language, string Format, string? Folder);

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var from = new Option<CatalogueSide?>("--from") { HelpName = "SECTOR[/ROLE]", Description = "Only what this side discloses.", CustomParser = static result => CatalogueOptions.ReadSide(result, roleNeeded: false) };
        var to = new Option<CatalogueSide?>("--to") { HelpName = "SECTOR[/ROLE]", Description = "Only what this side receives.", CustomParser = static result => CatalogueOptions.ReadSide(result, roleNeeded: false) };
        var item = new Option<DataItemId?>("--item") { Description = "Only this data item.", CustomParser = CatalogueOptions.ReadCode<DataItemId> };
        var purpose = new Option<PurposeId?>("--purpose") { Description = "Only this purpose.", CustomParser = CatalogueOptions.ReadCode<PurposeId> };
        var language = CatalogueOptions.Language();
        var format = CatalogueOptions.Format("text", "csv", "md", "json");
        var folder = CatalogueOptions.Folder();
        var command = new Command("matrix", "Show sender by recipient by item, and what opens each.") { from, to, item, purpose, language, format, folder };
        command.SetAction(parsed => Run(
            new Choice(
                new MatrixFilter
                {
                    FromSector = parsed.GetValue(from)?.Sector,
                    FromRole = parsed.GetValue(from)?.Role,
                    ToSector = parsed.GetValue(to)?.Sector,
                    ToRole = parsed.GetValue(to)?.Role,
                    Item = parsed.GetValue(item),
                    Purpose = parsed.GetValue(purpose),
                },
                parsed.GetRequiredValue(language),
                parsed.GetRequiredValue(format),
                parsed.GetValue(folder)),
            parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(Choice choice, InvocationConfiguration streams)
    {
        var catalogue = CatalogueOptions.Read(choice.Folder);
        if (DisclosureMatrix.FindUnknownCode(catalogue, choice.Filter) is { } unknown)
        {
            streams.Error.WriteLine($"The catalogue does not know the code `{unknown}`.");
            return ExitCodes.Usage;
        }

        var writer = new CatalogueMatrixOutput(catalogue, DisclosureMatrix.Of(catalogue, choice.Filter), choice.Language, streams.Output);
        switch (choice.Format)
        {
            case "csv":
                writer.WriteCsv();
                break;
            case "md":
                writer.WriteMarkdown();
                break;
            case "json":
                writer.WriteJson();
                break;
            default:
                writer.WriteText();
                break;
        }

        return ExitCodes.Ok;
    }
}
