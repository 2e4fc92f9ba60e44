// sisote review: how far the data-protection officers' reviews have come, and what is late.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Json;
using Sisote.Policy.Deciding;

namespace Sisote.Host.Commands;

/// <summary>Lists of reviews for the operator; what officers write is not among them. Packages are taken out at an officer's order.</summary>
internal static class ReviewCommand
{
    /// <summary>The command.</summary>
    internal static Command Make() => new("review", "Reviews of the log by data-protection officers: how far they have come, and what is late.")
    {
        Listing("rounds", "List the rounds of review, newest first.", static (api, cancellation) => api.RoundsAsync(cancellation), ["id", "organisation", "opened", "state", "entries", "unreviewed", "title"], RowOf),
        Listing("requests", "List clients' requests for the log, newest first.", static (api, cancellation) => api.RequestsAsync(cancellation), ["id", "organisation", "state", "received", "due", "days late"], RowOf),
        Listing("overdue", "List questions and requests past their last day.", static (api, cancellation) => api.OverdueAsync(cancellation), ["id", "kind", "organisation", "asked", "due", "days late", "escalated"], RowOf),
        Package(),
    };

    private static Command Listing<T>(string name, string description, Func<ReviewApi, CancellationToken, Task<IReadOnlyList<T>>> ask, string[] headings, Func<T, string[]> row)
    {
        var (data, port, format) = (Settings.Data(), Settings.Port(), Settings.Format());
        var command = new Command(name, description) { format, data, port };
        command.SetAction((parsed, cancellation) => ReviewApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            var (rows, output) = (await ask(api, cancellation), parsed.InvocationConfiguration.Output);
            if (parsed.GetRequiredValue(format) == "json")
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(rows, SisoteJson.Options));
            }
            else
            {
                Table.Write(output, headings, rows.Select(row));
            }

            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Package()
    {
        var (data, port) = (Settings.Data(), Settings.Port());
        var id = new Argument<string>("request") { Description = "The request, as `sisote review requests` shows it; an officer has prepared its package." };
        var file = new Option<string>("--to") { HelpName = "FILE", Description = "The new file; nobody but this user can read it.", Required = true };
        var format = new Option<string>("--as") { Description = "json or csv.", DefaultValueFactory = static _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv");
        var language = new Option<string>("--language") { Description = "Language of a csv: fi, sv or en.", DefaultValueFactory = static _ => "fi" };
        language.AcceptOnlyFromAmong("fi", "sv", "en");
        var command = new Command("package", "Take the package of a request out into a file. It is somebody's log: hand it over and delete it.") { id, file, format, language, data, port };
        command.SetAction((parsed, cancellation) => ReviewApi.TryAsync(Settings.Read(parsed.GetValue(data), parsed.GetValue(port)), parsed.InvocationConfiguration, async api =>
        {
            await api.TakeOutAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(format), parsed.GetRequiredValue(language), parsed.GetRequiredValue(file), cancellation);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static string[] RowOf(RoundSummary round) =>
        [round.Id, round.Organisation.Value, Day(FinnishTime.DateOf(round.OpenedAt)), round.State, Number(round.Items), Number(round.Unreviewed), round.Title ?? "-"];

    private static string[] RowOf(ListedRequest request) =>
        [request.Id, request.Organisation.Value, request.State, Day(request.ReceivedOn), Day(request.Due), request.DaysOverdue is { } days ? Number(days) : "-"];

    private static string[] RowOf(OverdueCase overdue) =>
        [overdue.Id, overdue.Kind, overdue.Organisation.Value, overdue.Person?.Value ?? "-", Day(overdue.Due), Number(overdue.DaysOverdue), overdue.Escalated ? "yes" : "no"];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
