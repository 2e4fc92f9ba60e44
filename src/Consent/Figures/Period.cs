// Months and years as they are named in messages.
using System.Globalization;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Figures;

/// <summary>A month (<c>2026-10</c>) or a year (<c>2026</c>) in Finnish time.</summary>
internal readonly record struct Period
{
    private Period(DateOnly first, bool isYear) => (First, IsYear) = (first, isYear);

    /// <summary>Its first day.</summary>
    public DateOnly First { get; }

    /// <summary>Whether it is a year.</summary>
    public bool IsYear { get; }

    /// <summary>The first day after it.</summary>
    public DateOnly End => IsYear ? First.AddYears(1) : First.AddMonths(1);

    /// <summary>The months of a year, or the month.</summary>
    public IEnumerable<string> Months
    {
        get
        {
            var first = First;
            return IsYear ? Enumerable.Range(0, 12).Select(number => NameOf(first.AddMonths(number))) : [NameOf(first)];
        }
    }

    /// <summary>Reads a month or a year.</summary>
    public static bool TryParse(string? text, out Period period)
    {
        var isYear = DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first);
        var isOne = isYear || DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out first);
        period = new Period(first, isYear);
        return isOne && first.Year is > 2000 and < 3000;
    }

    /// <summary>Whether a text names a month.</summary>
    public static bool IsMonth(string? text) => TryParse(text, out var period) && !period.IsYear;

    /// <summary>Whether it is over.</summary>
    public bool IsOver(DateTimeOffset now) => FinnishTime.DateOf(now) >= End;

    private static string NameOf(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
