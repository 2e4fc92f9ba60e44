// sisote log query: which entries of the log are there?
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Host.House;

namespace Sisote.Host.Commands;

/// <summary>Lists entries of the running instance's log, newest first: a table for people, lines of JSON for programs.</summary>
internal static class LogQueryCommand
{
    private const int Usual = 100;

    private static readonly string[] Headings = ["entry", "time", "kind", "outcome", "from", "to", "client", "went", "stayed"];

    /// <summary>The command.</summary>
    internal static Command Make()
    {
        var (data, port, filter) = (Settings.Data(), Settings.Port(), new LogFilterOptions());
        var limit = new Option<int>("--limit") { HelpName = "NUMBER", Description = "The most entries to list.", DefaultValueFactory = static _ => Usual };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1))
            {
                result.AddError("--limit is a number from 1; --all lists all.");
            }
        });
        var all = new Option<bool>("--all") { Description = "List all that match." };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each entry, with the whole record." };
        var command = new Command("query", "List entries of the disclosure log, newest first. Looking is itself an entry.");
        filter.AddTo(command);
        foreach (var option in (Option[])[limit, all, json, data, port])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(
            Settings.Read(parsed.GetValue(data), parsed.GetValue(port)),
            filter.Read(parsed, parsed.GetValue(all) ? null : parsed.GetValue(limit), Console.In),
            parsed.GetValue(json),
            parsed.InvocationConfiguration,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(HouseOptions options, LogQuestion question, bool json, InvocationConfiguration streams, CancellationToken cancellation)
    {
        using var house = RunningHouse.Find(options);
        try
        {
            var lines = new LogApi(house, streams.Error).AskAsync(question, cancellation);
            var end = json ? await WriteLinesAsync(lines, streams.Output) : await WriteTableAsync(lines, streams.Output);
            await streams.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{end.Entries} entries{(end.More ? "; older ones match, too: --limit NUMBER or --all" : string.Empty)}."));
            return ExitCodes.Ok;
        }
        catch (TokenRefusedException refusal) when (refusal.Error == TokenRefusedException.Unreachable)
        {
            throw house.NotRunning(refusal);
        }
    }

    private static async Task<LogAnswerEnd> WriteLinesAsync(IAsyncEnumerable<LogLine> lines, TextWriter output)
    {
        LogAnswerEnd? end = null;
        await foreach (var line in lines)
        {
            end = line.End;
            if (end is null)
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(line, SisoteJson.Options));
            }
        }

        return end!;
    }

    private static async Task<LogAnswerEnd> WriteTableAsync(IAsyncEnumerable<LogLine> lines, TextWriter output)
    {
        var rows = new List<string[]>();
        LogAnswerEnd? end = null;
        await foreach (var line in lines)
        {
            end = line.End;
            if (line.Entry is { } entry)
            {
                rows.Add(RowOf(line, entry));
            }
        }

        if (rows.Count > 0)
        {
            Table.Write(output, Headings, rows);
        }

        return end!;
    }

    private static string[] RowOf(LogLine line, LogEntry entry) =>
    [
        line.Index!.Value.ToString(CultureInfo.InvariantCulture),
        entry.Time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        LogFilter.KindText(entry.Kind),
        entry.Outcome,
        NameOf(entry.From),
        NameOf(entry.To),
        line.Client is { } client ? client[..8] : "-",
        ItemsOf(entry, released: true),
        ItemsOf(entry, released: false),
    ];

    private static string NameOf(LogParty? party) => party is null
        ? "-"
        : string.Join('/', new[] { party.System?.Value ?? party.Organisation?.Value, party.Professional?.Value }.OfType<string>()) is { Length: > 0 } name ? name : "-";

    private static string ItemsOf(LogEntry entry, bool released) =>
        string.Join(' ', entry.Items.Where(item => item.Released == released).Select(static item => item.Item.Value)) is { Length: > 0 } items ? items : "-";
}
