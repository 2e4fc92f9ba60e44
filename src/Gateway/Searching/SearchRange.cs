// Stretches of time or numbers, as searches compare them.
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sisote.Gateway.Searching;

/// <summary>From and to, both included: numbers, or instants in ticks of UTC. What a value leaves open is as wide as its precision.</summary>
internal readonly partial record struct SearchRange(decimal From, decimal To)
{
    // A date without a zone means the day in Finland.
    private static readonly Lazy<TimeZoneInfo> Finland = new(static () => TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki"));

    internal bool Holds(SearchRange other) => From <= other.From && other.To <= To;

    internal bool Meets(SearchRange other) => From <= other.To && other.From <= To;

    internal SearchRange WidenedBy(decimal more) => new(From - more, To + more);

    /// <summary>The range of a value; null where it has none.</summary>
    internal static SearchRange? Of(FoundValue value) => value.Type switch
    {
        "date" or "dateTime" or "instant" => value.Said is { } said ? OfDate(said) : null,
        "Period" => OfPeriod(value.Text("start"), value.Text("end")),
        _ when value.Json.ValueKind == JsonValueKind.Number => value.Json.TryGetDecimal(out var number) ? new SearchRange(number, number) : null,
        _ => OfQuantity(value),
    };

    /// <summary>The stretch that a FHIR date or time means; null where it is none.</summary>
    internal static SearchRange? OfDate(string text)
    {
        var found = DateText().Match(text);
        int? Part(string name) => found.Groups[name] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : null;
        if (!found.Success || Part("year") is not (> 0 and < 9999 and var year) || Part("month") is 0 or > 12 || Part("day") is 0 || Part("day") > DateTime.DaysInMonth(year, Part("month") ?? 1)
            || Part("hour") > 23 || Part("minute") > 59 || Part("second") > 59)
        {
            return null;
        }

        var start = new DateTime(year, Part("month") ?? 1, Part("day") ?? 1, Part("hour") ?? 0, Part("minute") ?? 0, Part("second") ?? 0, DateTimeKind.Unspecified);
        var fraction = found.Groups["fraction"].Value;
        start = start.AddTicks(fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(7, '0')[..7], CultureInfo.InvariantCulture));
        var end = (Part("month"), Part("day"), Part("hour"), Part("second"), fraction.Length) switch
        {
            (null, _, _, _, _) => start.AddYears(1),
            (_, null, _, _, _) => start.AddMonths(1),
            (_, _, null, _, _) => start.AddDays(1),
            (_, _, _, null, _) => start.AddMinutes(1),
            (_, _, _, _, 0) => start.AddSeconds(1),
            (_, _, _, _, var digits) => start.AddTicks((long)Math.Pow(10, 7 - Math.Min(digits, 7))),
        };
        return TryUtc(start, found.Groups["zone"].Value) is { } from && TryUtc(end, found.Groups["zone"].Value) is { } to ? new SearchRange(from, to - 1) : null;
    }

    private static decimal? TryUtc(DateTime time, string zone) => zone switch
    {
        "" => time.Ticks - Finland.Value.GetUtcOffset(time).Ticks,
        "Z" => time.Ticks,
        [var sign, .. var offset] when TimeSpan.TryParseExact(offset, "hh\\:mm", CultureInfo.InvariantCulture, out var span) => time.Ticks - (sign == '-' ? -span.Ticks : span.Ticks),
        _ => null,
    };

    private static SearchRange? OfPeriod(string? start, string? end)
    {
        var (from, to) = (start is null ? null : OfDate(start), end is null ? null : OfDate(end));
        return from is null && to is null ? null : new SearchRange(from?.From ?? decimal.MinValue, to?.To ?? decimal.MaxValue);
    }

    private static SearchRange? OfQuantity(FoundValue quantity)
    {
        if (quantity.Json.ValueKind != JsonValueKind.Object || !quantity.Json.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number))
        {
            return null;
        }

        return quantity.Text("comparator") switch
        {
            "<" or "<=" => new SearchRange(decimal.MinValue, number),
            ">" or ">=" => new SearchRange(number, decimal.MaxValue),
            _ => new SearchRange(number, number),
        };
    }

    [GeneratedRegex(@"\A(?<year>[0-9]{4})(?:-(?<month>[0-9]{2})(?:-(?<day>[0-9]{2})(?:T(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]{1,9}))?)?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateText();
}
