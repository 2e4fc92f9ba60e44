// Tries the pattern of a day or a moment before anything depends on it.
using System.Globalization;
using System.Text;

namespace Sisote.Adapters.Mapping;

/// <summary>Writes samples in a pattern and reads them again: what does not come back the same would be guessed or fail later.</summary>
internal static class PatternTrial
{
    private const string DayLetters = "dMy";
    private const string TimeLetters = "dMyHhmsfFtzKT";
    private static readonly string[] Distances = ["Z", "UTC", "GMT", "+"];
    private static readonly string[] Days = ["2026-01-12", "2026-11-23", "1926-02-01", "2003-12-05"];
    private static readonly string[] Times = ["2026-01-12T13:47:00+00:00", "2026-02-01T01:11:00+00:00", "2126-02-01T13:05:00+00:00", "2026-11-23T22:10:00+00:00"];

    /// <summary>What is wrong with the pattern of a form, or null.</summary>
    public static string? Fault(ValueForm form, TimeZoneInfo zone)
    {
        if (form.Pattern is not { } pattern)
        {
            return null;
        }

        if (!TrySplit(pattern, out var letters, out var words))
        {
            return "a quotation mark without its other, or a backslash at the end";
        }

        var isTime = form.Kind == ValueKind.Time;
        if (letters.FirstOrDefault(letter => char.IsLetter(letter) && letter != 'Z' && !(isTime ? TimeLetters : DayLetters).Contains(letter, StringComparison.Ordinal)) is var foreign and not default(char))
        {
            return $"`{foreign}` is no letter of a {(isTime ? "moment" : "day")}; words stand in quotation marks";
        }

        if (Distances.Any(one => (letters + '\n' + words).Contains(one, StringComparison.Ordinal)) && !IsUtc(zone))
        {
            return "a distance from Greenwich as mere text would be read as the time of `zone`: write `K` or `zzz`, or say `zone: UTC`";
        }

        var tried = form with { Kind = isTime ? ValueKind.Time : ValueKind.Date };
        return (isTime ? Times : Days).All(sample => ComesBack(tried, sample, zone)) ? null : "does not tell every day or moment exactly: what is written so does not read the same again";
    }

    private static bool IsUtc(TimeZoneInfo zone) => zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    private static bool ComesBack(ValueForm form, string sample, TimeZoneInfo zone)
    {
        try
        {
            return FhirJson.Text(form.ToNative(sample, zone)) is { } written && form.ToFhir(written, zone, default) is { } read
                && (form.Kind == ValueKind.Date ? read == sample : DateTimeOffset.Parse(read, CultureInfo.InvariantCulture) == DateTimeOffset.Parse(sample, CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            return false; // .NET does not take it as a pattern
        }
    }

    /// <summary>Parts what has a meaning from what is written as it is; false where a quotation or an escape has no end.</summary>
    private static bool TrySplit(string pattern, out string letters, out string words)
    {
        var (meant, asItIs, open) = (new StringBuilder(), new StringBuilder(), default(char));
        for (var at = 0; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            if (open is '\\' || (open != default && letter != open))
            {
                asItIs.Append(letter);
                open = open is '\\' ? default : open;
            }
            else if (letter is '\'' or '"' or '\\')
            {
                open = letter == open ? default : letter;
            }
            else
            {
                meant.Append(letter);
            }
        }

        (letters, words) = (meant.ToString(), asItIs.ToString());
        return open == default;
    }
}
