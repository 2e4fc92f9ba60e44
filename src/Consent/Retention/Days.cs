// How days stand in columns and addresses.
using System.Globalization;

namespace Sisote.Consent.Retention;

/// <summary>Days as <c>2026-11-23</c>.</summary>
internal static class Days
{
    private const string Form = "yyyy-MM-dd";

    public static string Column(this DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    public static DateOnly Parse(string text) => DateOnly.ParseExact(text, Form, CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateOnly day) => DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
