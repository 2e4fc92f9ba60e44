// The texts of one language, and how dates and lists are said in it.
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sisote.Policy.Catalogues;

namespace Sisote.Portal.Texts;

/// <summary>The texts of one language. Times are told in Finnish time, whatever the server's clock shows.</summary>
/// <remarks>Finnish names are never inflected: every sentence is written so that a name stands in its basic form.</remarks>
internal sealed class PageTexts(string language, FrozenDictionary<string, string> texts)
{
    private static readonly TimeZoneInfo Finland = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    /// <summary>The language: fi, sv or en.</summary>
    public string Language => language;

    /// <summary>The keys there are.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text; a test looks for it before a person meets it.</exception>
    public string this[string key] => texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"No text `{key}` in `{language}`.");

    /// <summary>The text of a key with its places filled: <c>{name}</c> becomes the value given for it.</summary>
    public string this[string key, params (string Name, string Value)[] places] =>
        places.Aggregate(this[key], static (text, place) => text.Replace($"{{{place.Name}}}", place.Value, StringComparison.Ordinal));

    /// <summary>The text of a code that the pages do not define themselves (an outcome, a status): its text, or the code as it is.</summary>
    public string Code(string group, string code) => texts.GetValueOrDefault($"{group}.{code}", code);

    /// <summary>Which wording of a group of texts this is: 12 hexadecimal digits that change with any of its words.</summary>
    public string VersionOf(string group) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts
        .Where(text => text.Key.StartsWith(group, StringComparison.Ordinal))
        .OrderBy(static text => text.Key, StringComparer.Ordinal)
        .Select(static text => $"{text.Key}={text.Value}")))))[..12];

    /// <summary>Whether a key has a text.</summary>
    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>A label of the catalogue in this language.</summary>
    public string Say(LocalisedText text) => text.In(language);

    /// <summary>A day: <c>22.11.2026</c>, in English <c>22 November 2026</c>.</summary>
    public string Day(DateOnly day) => day.ToString(language == "en" ? "d MMMM yyyy" : "d.M.yyyy", CultureInfo.InvariantCulture);

    /// <summary>The Finnish day of an instant.</summary>
    public string Day(DateTimeOffset time) => Day(DayIn(time));

    /// <summary>An instant in Finnish time: <c>22.11.2026 klo 10.23</c>.</summary>
    public string Moment(DateTimeOffset time) => this["time.moment", ("day", Day(time)), ("time", Clock(time))];

    /// <summary>The Finnish time of day: <c>10.23</c>, in English <c>10:23</c>.</summary>
    public string Clock(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Finland).ToString(language == "en" ? "H:mm" : "H.mm", CultureInfo.InvariantCulture);

    /// <summary>Names as a list in a sentence: <c>a, b ja c</c>.</summary>
    public string List(IReadOnlyList<string> names) => names.Count switch
    {
        0 => string.Empty,
        1 => names[0],
        _ => $"{string.Join(", ", names.Take(names.Count - 1))} {this["list.and"]} {names[^1]}",
    };

    /// <summary>The Finnish day of an instant.</summary>
    public static DateOnly DayIn(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Finland).DateTime);

    /// <summary>The first instant of a Finnish day.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Finland.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>The last instant of a Finnish day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1)).AddSeconds(-1);

    /// <summary>A day as it is typed into a field, the same in every language.</summary>
    public static string Typed(DateOnly day) => day.ToString("d.M.yyyy", CultureInfo.InvariantCulture);

    /// <summary>Reads a day as people write it (22.11.2026) or as machines do (2026-11-22); null for anything else.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text?.Trim().TrimEnd('.'), ["d.M.yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
