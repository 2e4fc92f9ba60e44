// Which entries of the log to list; the same words in the portal's address and at the consent door.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>A filter over the log: all that is named must match. Never a person: persons are not searched in addresses.</summary>
public sealed record LogFilter
{
    /// <summary>Not older than this.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before this.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>System on either side.</summary>
    public SystemId? System { get; init; }

    /// <summary>Item, released or withheld.</summary>
    public DataItemId? Item { get; init; }

    /// <summary>Rule.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>Outcome, for example <c>released</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Kind of entry.</summary>
    public LogEntryKind? Kind { get; init; }

    /// <summary>Where to go on, from <see cref="LogPage.Next"/>.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows on a page. <value>50; at most 200.</value></summary>
    public int Limit { get; init; } = 50;

    /// <summary>The filter as a query string that begins with <c>?</c>, or nothing.</summary>
    public string ToQuery()
    {
        var named = new (string Name, string? Value)[]
        {
            ("since", Text(Since)), ("until", Text(Until)), ("system", System?.Value), ("item", Item?.Value), ("rule", Rule?.Value),
            ("outcome", Outcome), ("kind", Kind is { } kind ? KindText(kind) : null), ("cursor", Cursor), ("limit", Limit == 50 ? null : Limit.ToString(CultureInfo.InvariantCulture)),
        };
        return QueryString.Create(named.Where(static pair => pair.Value is not null).Select(static pair => KeyValuePair.Create(pair.Name, pair.Value))).ToUriComponent();
    }

    /// <summary>Reads a query; false for an unknown name, a repeated name or a malformed value. Empty values count as absent, as a form sends them.</summary>
    public static bool TryRead(IEnumerable<KeyValuePair<string, StringValues>> query, [NotNullWhen(true)] out LogFilter? filter)
    {
        filter = new LogFilter();
        foreach (var (name, values) in query ?? [])
        {
            // INVARIANT: no national identifier gets into an address that is shown again, or into the record of who looked.
            if (values.Count != 1 || Hetu.IsIn(values[0] ?? string.Empty) || filter.With(name, values[0] ?? string.Empty) is not { } more)
            {
                filter = null;
                return false;
            }

            filter = more;
        }

        return true;
    }

    /// <summary>The code of a kind, as it stands in JSON and in addresses.</summary>
    public static string KindText(LogEntryKind kind) => JsonSerializer.SerializeToElement(kind, SisoteJson.Options).GetString()!;

    /// <summary>Whether a text has the form of an outcome: small letters with hyphens.</summary>
    public static bool IsOutcome(string? text) => text is { Length: > 0 and <= 64 } && text.All(static letter => char.IsAsciiLetterLower(letter) || letter == '-');

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private LogFilter? With(string name, string value) => (name, value) switch
    {
        (_, "") => this,
        ("since", _) => TryTime(value, out var since) ? this with { Since = since } : null,
        ("until", _) => TryTime(value, out var until) ? this with { Until = until } : null,
        ("system", _) => SystemId.TryParse(value, out var system) ? this with { System = system } : null,
        ("item", _) => DataItemId.TryParse(value, out var item) ? this with { Item = item } : null,
        ("rule", _) => RuleId.TryParse(value, out var rule) ? this with { Rule = rule } : null,
        ("outcome", _) => IsOutcome(value) ? this with { Outcome = value } : null,
        ("kind", _) => TryKind(value, out var kind) ? this with { Kind = kind } : null,
        ("cursor", _) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? this with { Cursor = value } : null,
        ("limit", _) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 200 ? this with { Limit = limit } : null,
        _ => null,
    };

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool TryKind(string text, out LogEntryKind kind)
    {
        foreach (var known in Enum.GetValues<LogEntryKind>())
        {
            if (KindText(known) == text)
            {
                kind = known;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
