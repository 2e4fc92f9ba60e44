// The log as a table for spreadsheets.
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Requests;

namespace Sisote.Host.Commands;

/// <summary>One row for each entry, by RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
internal static class LogCsv
{
    private const string EndOfLine = "\r\n";

    private static readonly (string Heading, Func<LogLine, LogEntry, string?> Value)[] Columns =
    [
        ("index", static (line, _) => line.Index?.ToString(CultureInfo.InvariantCulture)),
        ("id", static (_, entry) => entry.Id),
        ("recorded", static (line, _) => line.Recorded is { } recorded ? CanonicalTime.Write(recorded) : null),
        ("time", static (_, entry) => CanonicalTime.Write(entry.Time)),
        ("kind", static (_, entry) => LogFilter.KindText(entry.Kind)),
        ("outcome", static (_, entry) => entry.Outcome),
        ("client", static (line, _) => line.Client),
        ("age_class", static (_, entry) => entry.AgeClass),
        ("from_organisation", static (_, entry) => entry.From?.Organisation?.Value),
        ("from_system", static (_, entry) => entry.From?.System?.Value),
        ("from_role", static (_, entry) => entry.From?.Role?.Value),
        ("from_professional", static (_, entry) => entry.From?.Professional?.Value),
        ("to_organisation", static (_, entry) => entry.To?.Organisation?.Value),
        ("to_system", static (_, entry) => entry.To?.System?.Value),
        ("to_role", static (_, entry) => entry.To?.Role?.Value),
        ("to_professional", static (_, entry) => entry.To?.Professional?.Value),
        ("direction", static (_, entry) => entry.Direction switch { Direction.Read => "read", Direction.Write => "write", Direction.Notify => "notify", _ => null }),
        ("purpose", static (_, entry) => entry.Purpose?.Value),
        ("released", static (_, entry) => Join(entry.Items.Where(static item => item.Released).Select(static item => item.Item.Value))),
        ("withheld", static (_, entry) => Join(entry.Items.Where(static item => !item.Released).Select(static item => item.Item.Value))),
        ("rules", static (_, entry) => Join(entry.Items.Select(static item => item.Rule?.Value).OfType<string>().Distinct())),
        ("basis", static (_, entry) => string.Join("; ", entry.Items.SelectMany(static item => item.Basis).Select(static basis => $"{basis.Statute} {basis.Section}").Distinct())),
        ("consents", static (_, entry) => Join(entry.Items.SelectMany(static item => item.Consents).Distinct().Select(static consent => string.Create(CultureInfo.InvariantCulture, $"{consent.Id}/{consent.Version}/{consent.Form.Value}")))),
        ("resources", static (_, entry) => Join(entry.Resources.Select(static resource => $"{resource.Type}/{resource.Handle}"))),
        ("concerns", static (_, entry) => entry.Concerns),
        ("relates", static (_, entry) => entry.Relates),
        ("correlation_id", static (_, entry) => entry.CorrelationId),
        ("catalogue", static (_, entry) => entry.Catalogue?.Value),
    ];

    /// <summary>The first line.</summary>
    internal static string Head { get; } = string.Join(',', Columns.Select(static column => column.Heading)) + EndOfLine;

    /// <summary>The line of an entry.</summary>
    internal static string RowOf(LogLine line, LogEntry entry) => string.Join(',', Columns.Select(column => Cell(column.Value(line, entry)))) + EndOfLine;

    /// <summary>One cell.</summary>
    internal static string Cell(string? text)
    {
        var safe = text is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text ?? string.Empty;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Join(IEnumerable<string> codes) => string.Join(' ', codes);
}
