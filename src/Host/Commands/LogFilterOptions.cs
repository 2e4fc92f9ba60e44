// What entries of the log a command is about.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Host.House;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;

namespace Sisote.Host.Commands;

/// <summary>The filter that <c>log query</c> and <c>log export</c> share.</summary>
internal sealed partial class LogFilterOptions
{
    private const string StandardInput = "-";

    private readonly Option<DateTimeOffset?> since = Instant("--since", "Only what the log took in then or later");
    private readonly Option<DateTimeOffset?> until = Instant("--until", "Only what the log took in before then");
    private readonly Option<string?> client = ClientOption();
    private readonly Option<OrganisationId?> organisation = Code<OrganisationId>("--organisation", "Organisation on any side.");
    private readonly Option<SystemId?> system = Code<SystemId>("--system", "System on either side.");
    private readonly Option<DataItemId?> item = Code<DataItemId>("--item", "Data item, released or withheld.");
    private readonly Option<RuleId?> rule = Code<RuleId>("--rule", "Rule that carried an item or came nearest.");
    private readonly Option<string?> outcome = new("--outcome") { HelpName = "CODE", Description = "released, denied, delivered, ..." };
    private readonly Option<LogEntryKind?> kind = Kind();
    private readonly Option<ProfessionalId?> person = Code<ProfessionalId>("--person", "Professional on either side, or who looked into the log.");
    private readonly Option<string[]> ids = new("--id") { HelpName = "ID", Description = "An identifier in the entry: of the entry, the call, a consent, a relationship, an agreement, a document's handle. May stand several times: any of them." };

    private IEnumerable<Option> All => [since, until, client, organisation, system, item, rule, outcome, kind, person, ids];

    /// <summary>Gives the options to a command.</summary>
    internal void AddTo(Command command)
    {
        ids.DefaultValueFactory = static _ => [];
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether any of them was written.</summary>
    internal bool AreGiven(SymbolResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>The question they make.</summary>
    /// <exception cref="StartFaultException">Standard input was to name the client and does not.</exception>
    internal LogQuestion Read(ParseResult parsed, int? limit, TextReader input) => new()
    {
        Since = parsed.GetValue(since),
        Until = parsed.GetValue(until),
        Client = ReadClient(parsed.GetValue(client), input),
        Organisation = parsed.GetValue(organisation),
        System = parsed.GetValue(system),
        Item = parsed.GetValue(item),
        Rule = parsed.GetValue(rule),
        Outcome = parsed.GetValue(outcome),
        Kind = parsed.GetValue(kind),
        Person = parsed.GetValue(person),
        Ids = [.. parsed.GetValue(ids) ?? []],
        Limit = limit,
    };

    private static string? ReadClient(string? named, TextReader input) => named switch
    {
        null => null,
        StandardInput => input.ReadLine()?.Trim() is { } line && Hetu.TryParse(line, out _) ? line : throw new StartFaultException("Standard input holds no national identifier in its first line."),
        _ => named,
    };

    private static Option<string?> ClientOption()
    {
        var client = new Option<string?>("--client") { HelpName = "KEY", Description = "One client, by the key that entries show; - reads a national identifier from standard input, so that it stands in no history." };
        client.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var named }] && named != StandardInput && !ClientId.TryParse(named, out _))
            {
                result.AddError(Hetu.IsIn(named)
                    ? "A national identifier on the command line stays in histories and process lists: give it on standard input, with --client -."
                    : "--client is a client's key, 32 hexadecimal digits as `sisote log query --json` shows it, or - to read a national identifier from standard input.");
            }
        });
        return client;
    }

    private static Option<DateTimeOffset?> Instant(string name, string what) => new(name)
    {
        HelpName = "TIME",
        Description = what + ": 7d, 12h or 30m ago, a day (Finnish time) as 2026-11-22, or an instant as 2026-11-22T10:00:00Z.",
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && TryTime(text, TimeProvider.System.GetUtcNow(), out var time))
            {
                return time;
            }

            result.AddError($"{name} is 7d, 12h, 30m, a day as 2026-11-22 or an instant with zone as 2026-11-22T10:00:00Z.");
            return null;
        },
    };

    /// <summary>Reads a time as people write it on the command line.</summary>
    internal static bool TryTime(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        if (Ago().Match(text) is { Success: true } ago)
        {
            var number = int.Parse(ago.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            time = now - (ago.Groups["unit"].Value switch { "d" => TimeSpan.FromDays(number), "h" => TimeSpan.FromHours(number), _ => TimeSpan.FromMinutes(number) });
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            time = FinnishTime.StartOf(day);
            return true;
        }

        time = default;
        return WithZone().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    private static Option<TCode?> Code<TCode>(string name, string what)
        where TCode : struct, ICode<TCode> => new(name) { HelpName = "CODE", Description = what, CustomParser = CatalogueOptions.ReadCode<TCode> };

    private static Option<LogEntryKind?> Kind()
    {
        var kinds = Enum.GetValues<LogEntryKind>().ToDictionary(LogFilter.KindText);
        return new("--kind")
        {
            HelpName = "KIND",
            Description = $"{string.Join(", ", kinds.Keys)}. Without it all but log-read.",
            CustomParser = result =>
            {
                if (result.Tokens is [{ Value: var text }] && kinds.TryGetValue(text, out var kind))
                {
                    return kind;
                }

                result.AddError($"--kind is one of {string.Join(", ", kinds.Keys)}.");
                return null;
            },
        };
    }

    [GeneratedRegex("^(?<number>[1-9][0-9]{0,5})(?<unit>[dhm])$")]
    private static partial Regex Ago();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})$")]
    private static partial Regex WithZone();
}
