// sisote catalogue explain: may this item go from here to there, and on which ground?
using System.CommandLine;
using System.CommandLine.Parsing;
using Sisote.Policy.Deciding;
using Sisote.Policy.Explanations;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Host.Commands;

/// <summary>Tells a person which rule carries an item, on which section, what it needs, and what forbids it.</summary>
internal static class CatalogueExplainCommand
{
    /// <summary>The command.</summary>
    internal static Command Make(TimeProvider clock)
    {
        var from = new Option<CatalogueSide>("--from") { HelpName = "SECTOR/ROLE", Description = "Who holds and discloses.", Required = true, CustomParser = static result => CatalogueOptions.ReadSide(result, roleNeeded: true) };
        var to = new Option<CatalogueSide>("--to") { HelpName = "SECTOR/ROLE", Description = "Who receives.", Required = true, CustomParser = static result => CatalogueOptions.ReadSide(result, roleNeeded: true) };
        var purpose = new Option<PurposeId?>("--purpose") { Description = "What for. Leave it out for data about nobody and for the client's own view.", CustomParser = CatalogueOptions.ReadCode<PurposeId> };
        var item = new Option<DataItemId?>("--item") { Description = "The data item.", Required = true, CustomParser = CatalogueOptions.ReadCode<DataItemId> };
        var direction = new Option<Direction?>("--direction") { HelpName = "read|write|notify", Description = "All if left out.", CustomParser = ReadDirection };
        var day = new Option<DateOnly?>("--day") { HelpName = "YYYY-MM-DD", Description = "The day on which the law is read; today if left out." };
        var language = CatalogueOptions.Language();
        var folder = CatalogueOptions.Folder();
        var command = new Command("explain", "Say in plain words whether an item may go from one role to another, and on which ground.") { from, to, purpose, item, direction, day, language, folder };
        command.SetAction(parsed => Run(
            new ExplanationQuestion
            {
                FromSector = parsed.GetRequiredValue(from).Sector,
                FromRole = parsed.GetRequiredValue(from).Role!.Value,
                ToSector = parsed.GetRequiredValue(to).Sector,
                ToRole = parsed.GetRequiredValue(to).Role!.Value,
                Purpose = parsed.GetValue(purpose),
                Item = parsed.GetValue(item)!.Value,
                Direction = parsed.GetValue(direction),
                Day = parsed.GetValue(day) ?? FinnishTime.DateOf(clock.GetUtcNow()),
            },
            parsed.GetRequiredValue(language),
            parsed.GetValue(folder),
            parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(ExplanationQuestion question, string language, string? folder, InvocationConfiguration streams)
    {
        var explainer = new CatalogueExplainer(CatalogueOptions.Read(folder));
        var isKnown = explainer.FindUnknownCode(question) is null;
        (isKnown ? streams.Output : streams.Error).Write(explainer.Explain(question, language));
        if (explainer.FindUnknownCode(question) is { } unknown && explainer.FindNearestCode(unknown) is { } near)
        {
            streams.Error.WriteLine($"Did you mean `{near}`?");
        }

        return isKnown ? ExitCodes.Ok : ExitCodes.Usage;
    }

    private static Direction? ReadDirection(ArgumentResult result)
    {
        switch (result.Tokens is [{ Value: var text }] ? text : null)
        {
            case "read":
                return Direction.Read;
            case "write":
                return Direction.Write;
            case "notify":
                return Direction.Notify;
            default:
                result.AddError("--direction is read, write or notify.");
                return null;
        }
    }
}
