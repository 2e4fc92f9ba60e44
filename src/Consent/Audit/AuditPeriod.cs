// The `date` parameter of FHIR.
using System.Globalization;
using System.Text.RegularExpressions;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Audit;

/// <summary>From an instant (inclusive) to another (exclusive); null = open.</summary>
internal sealed partial record AuditPeriod(DateTimeOffset? From, DateTimeOffset? Before)
{
    /// <summary>All of time.</summary>
    public static AuditPeriod Open { get; } = new(null, null);

    /// <summary>What both hold.</summary>
    public AuditPeriod Within(AuditPeriod other) => new(Later(From, other.From), Earlier(Before, other.Before));

    /// <summary>Reads a value with its prefix (FHIR R4 §3.1.1.4.5): eq, ge, le, gt, lt, sa, eb. A day, month or year is a Finnish one; null where the value is malformed.</summary>
    public static AuditPeriod? TryRead(string value)
    {
        var prefix = value.Length > 2 && char.IsAsciiLetter(value[0]) ? value[..2] : "eq";
        return SpanOf(prefix == "eq" && !value.StartsWith("eq", StringComparison.Ordinal) ? value : value[2..]) is not var (start, end) ? null : prefix switch
        {
            "eq" => new(start, end),
            "ge" => new(start, null),
            "le" => new(null, end),
            "gt" or "sa" => new(end, null),
            "lt" or "eb" => new(null, start),
            _ => null,
        };
    }

    private static (DateTimeOffset Start, DateTimeOffset End)? SpanOf(string value)
    {
        if (Day().Match(value) is { Success: true } day)
        {
            return SpanOfDays(day);
        }

        if (Instant().Match(value) is not { Success: true } instant
            || !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var start))
        {
            return null;
        }

        var step = instant.Groups["fraction"].Success ? TimeSpan.FromMilliseconds(1) : instant.Groups["second"].Success ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1);
        return (start, DateTimeOffset.MaxValue - start > step ? start + step : DateTimeOffset.MaxValue);
    }

    private static (DateTimeOffset, DateTimeOffset)? SpanOfDays(Match match)
    {
        var (year, month, day) = (Number(match, "year", 0), Number(match, "month", 1), Number(match, "day", 1));
        if (year is < 1900 or > 9000 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var first = new DateOnly(year, month, day);
        var after = match.Groups["day"].Success ? first.AddDays(1) : match.Groups["month"].Success ? first.AddMonths(1) : first.AddYears(1);
        return (FinnishTime.StartOf(first), FinnishTime.StartOf(after));
    }

    private static int Number(Match match, string group, int absent) => match.Groups[group] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : absent;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    [GeneratedRegex("^(?<year>[0-9]{4})(-(?<month>[0-9]{2})(-(?<day>[0-9]{2}))?)?$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?<second>:[0-9]{2}(?<fraction>\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})$")]
    private static partial Regex Instant();
}
