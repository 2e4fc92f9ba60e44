// sisote log hold: records that stay although their time has ended.
using System.CommandLine;
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>Enters, lists and lifts legal holds at the order of a data-protection officer or controller administrator.</summary>
internal static class LogHoldCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("hold", "Legal holds: records that stay although their time has ended.") { Add(), List(), Lift() };

    private static Command Add()
    {
        var (data, port, by, of) = (Settings.Data(), Settings.Port(), By(), Of());
        var client = new Option<bool>("--client") { Description = "Hold one client's records; the national identifier is read from standard input, so that it stands in no command line." };
        var organisation = new Option<bool>("--organisation") { Description = "Hold all records that the organisation of --for is a side of." };
        var range = new Option<string?>("--range") { HelpName = "FIRST-LAST", Description = "Hold these places of the log." };
        var reason = new Option<string>("--reason") { Description = $"One of {string.Join(", ", PlaceHold.Reasons)}.", Required = true };
        reason.AcceptOnlyFromAmong([.. PlaceHold.Reasons]);
        var reference = new Option<string?>("--reference") { Description = "The number of the case; never a person." };
        var until = new Option<DateOnly?>("--until") { HelpName = "YYYY-MM-DD", Description = "The last day of the hold; without it, until it is lifted." };
        var command = new Command("add", "Place a hold.") { client, organisation, range, reason, reference, until, by, of, data, port };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(client), result.GetValue(organisation), result.GetValue(range) is not null }.Count(static said => said) != 1)
            {
                result.AddError("Say exactly one of --client, --organisation and --range.");
            }
            else if (result.GetValue(range) is { } places && RangeOf(places) is null)
            {
                result.AddError("--range takes the first and the last place, for example 100-250.");
            }
        });
        command.SetAction((parsed, cancellation) => RetentionRun.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var order = new HoldOrder { Organisation = parsed.GetValue(of), Professional = parsed.GetValue(by) };
            var placed = await api.PlaceAsync(new PlaceHold
            {
                ClientIdentifier = parsed.GetValue(client) ? (await Console.In.ReadLineAsync(cancellation))?.Trim() ?? string.Empty : null,
                Organisation = parsed.GetValue(organisation) ? order.Organisation : null,
                Range = parsed.GetValue(range) is { } places ? RangeOf(places) : null,
                Reason = parsed.GetRequiredValue(reason),
                Reference = parsed.GetValue(reference),
                Until = parsed.GetValue(until),
                OrderedBy = order,
            }, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(placed.Id);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command List()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var command = new Command("list", "List the holds, ended ones included.") { data, port };
        command.SetAction((parsed, cancellation) => RetentionRun.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            Table.Write(
                parsed.InvocationConfiguration.Output,
                ["id", "holds", "reason", "case", "by", "since", "until", "state"],
                (await api.HoldsAsync(cancellation)).Select(static hold => new[]
                {
                    hold.Id,
                    hold.Scope switch { "organisation" => $"organisation {hold.Organisation}", "range" => $"{hold.Range!.First}-{hold.Range.Last}", _ => "one client" },
                    hold.Reason,
                    hold.Reference ?? "-",
                    $"{hold.PlacedBy.Professional} ({hold.PlacedBy.Organisation})",
                    Day(FinnishTime.DateOf(hold.PlacedAt)),
                    hold.Until is { } until ? Day(until) : "lifted",
                    hold.InForce ? "in force" : hold.LiftedBy is { } lifted ? $"lifted by {lifted.Professional}" : "ended",
                }));
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Lift()
    {
        var (data, port, by, of) = (Settings.Data(), Settings.Port(), By(), Of());
        var id = new Argument<string>("id") { Description = "The hold, as `list` shows it." };
        var command = new Command("lift", "Lift a hold.") { id, by, of, data, port };
        command.SetAction((parsed, cancellation) => RetentionRun.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            await api.LiftAsync(parsed.GetRequiredValue(id), new HoldOrder { Organisation = parsed.GetValue(of), Professional = parsed.GetValue(by) }, cancellation);
            await parsed.InvocationConfiguration.Error.WriteLineAsync("Lifted.");
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Option<ProfessionalId> By() => new("--by")
    {
        HelpName = "PERSON",
        Description = "The data-protection officer or controller administrator at whose order this is entered, by their identifier in the log.",
        Required = true,
        CustomParser = static result => Code<ProfessionalId>(result, "--by"),
    };

    private static Option<OrganisationId> Of() => new("--for")
    {
        HelpName = "ORGANISATION",
        Description = "Their organisation.",
        Required = true,
        CustomParser = static result => Code<OrganisationId>(result, "--for"),
    };

    private static T Code<T>(System.CommandLine.Parsing.ArgumentResult result, string name)
        where T : struct, ICode<T>
    {
        if (result.Tokens is [{ Value: var text }] && T.TryParse(text, out var code))
        {
            return code;
        }

        result.AddError($"{name} takes an identifier as it stands in the log: letters, digits, . _ and -.");
        return default;
    }

    private static LogRange? RangeOf(string text) =>
        text.Split('-') is [var first, var last]
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
        && from <= to
            ? new LogRange { First = from, Last = to }
            : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
