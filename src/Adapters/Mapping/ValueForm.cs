// How a product writes days, moments, numbers and truth, and how FHIR does.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Mapping;

/// <summary>What a native field holds.</summary>
internal enum ValueKind
{
    /// <summary>Text as it is.</summary>
    Text,

    /// <summary>Several words with spaces between them, each an item of its own.</summary>
    Words,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A moment.</summary>
    Time,

    /// <summary>An id that the facade cannot carry as it is.</summary>
    Hash,

    /// <summary>A last day, told as <c>ended</c> or <c>current</c>: only with a table, and only to FHIR.</summary>
    Ended,
}

/// <summary>The form of a native field.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Pattern">How a day or a moment is written; null = ISO 8601.</param>
/// <param name="Comma">Whether numbers have a decimal comma, and so are texts.</param>
internal sealed record ValueForm(ValueKind Kind, string? Pattern, bool Comma)
{
    private const string IsoDay = "yyyy-MM-dd";
    private const string IsoTime = "yyyy-MM-dd'T'HH:mm:sszzz";
    private static readonly string[] IsoTimes = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Text as it is.</summary>
    public static ValueForm Plain { get; } = new(ValueKind.Text, null, false);

    /// <summary>Whether a place can take what the form holds.</summary>
    public bool Fits(FhirPlace place) => Kind switch
    {
        ValueKind.Text => place.Kind == PlaceKind.Text,
        ValueKind.Words => place is { Kind: PlaceKind.Text, Repeats: true },
        ValueKind.Integer => place.Kind is PlaceKind.Integer or PlaceKind.Number or PlaceKind.Text,
        ValueKind.Number => place.Kind == PlaceKind.Number,
        ValueKind.Boolean => place.Kind == PlaceKind.Boolean,
        ValueKind.Date => place.Kind is PlaceKind.Date or PlaceKind.DateTime,
        ValueKind.Time => place.Kind is PlaceKind.DateTime or PlaceKind.Instant,
        ValueKind.Hash => place.Path == "id",
        _ => false, // what has ended is told by a table
    };

    /// <summary>Whether a native value has the JSON shape that the form is written in.</summary>
    public bool IsShape(JsonValueKind shape) => Kind switch
    {
        ValueKind.Integer => shape == JsonValueKind.Number,
        ValueKind.Number => shape == (Comma ? JsonValueKind.String : JsonValueKind.Number),
        ValueKind.Boolean => shape is JsonValueKind.True or JsonValueKind.False,
        _ => shape == JsonValueKind.String,
    };

    /// <summary>The value as FHIR writes it, or null where it is not of this form.</summary>
    public string? ToFhir(string native, TimeZoneInfo zone, DateOnly today) => Kind switch
    {
        ValueKind.Integer => long.TryParse(native, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : null,
        ValueKind.Number => Number(Comma ? native.Replace('.', '?').Replace(',', '.') : native),
        ValueKind.Boolean => native is "true" or "false" ? native : null,
        ValueKind.Date => Day(native)?.ToString(IsoDay, CultureInfo.InvariantCulture),
        ValueKind.Ended => Day(native) is { } last ? last < today ? "ended" : "current" : null,
        ValueKind.Time => Time(native, zone)?.ToString(IsoTime, CultureInfo.InvariantCulture),
        ValueKind.Hash => Native.FacadeId.FromAny(native),
        _ => native,
    };

    /// <summary>FHIR's value as the product writes it, or null where the product cannot say it so.</summary>
    public JsonNode? ToNative(string fhir, TimeZoneInfo zone) => Kind switch
    {
        ValueKind.Integer => long.TryParse(fhir, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : null,
        ValueKind.Number when decimal.TryParse(fhir, FhirJson.DecimalForm, CultureInfo.InvariantCulture, out var number) =>
            Comma ? JsonValue.Create(number.ToString(CultureInfo.InvariantCulture).Replace('.', ',')) : JsonValue.Create(number),
        ValueKind.Boolean => fhir is "true" or "false" ? JsonValue.Create(fhir == "true") : null,
        ValueKind.Date => DateOnly.TryParseExact(fhir, IsoDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? JsonValue.Create(day.ToString(Pattern ?? IsoDay, CultureInfo.InvariantCulture)) : null,
        ValueKind.Time => DateTimeOffset.TryParseExact(fhir, IsoTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? JsonValue.Create(Pattern is null ? fhir : TimeZoneInfo.ConvertTime(moment, zone).ToString(Pattern, CultureInfo.InvariantCulture))
            : null,
        ValueKind.Text or ValueKind.Words => JsonValue.Create(fhir),
        _ => null,
    };

    private static string? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;

    private DateOnly? Day(string text) => DateOnly.TryParseExact(text, Pattern ?? IsoDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A moment; a local time that the clocks skip or show twice is none, since it cannot be told which one is meant.</summary>
    private DateTimeOffset? Time(string text, TimeZoneInfo zone)
    {
        if (Pattern is null || Pattern.Contains('K', StringComparison.Ordinal) || Pattern.Contains('z', StringComparison.Ordinal))
        {
            return DateTimeOffset.TryParseExact(text, Pattern is null ? IsoTimes : [Pattern], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && HasOffset(text) ? moment : null;
        }

        return DateTime.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999 && !zone.IsInvalidTime(local) && !zone.IsAmbiguousTime(local)
            ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local))
            : null; // at the ends of the calendar a moment may lie outside it
    }

    /// <summary>Whether a moment says its distance from Greenwich: the machine's own would be a guess.</summary>
    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
}
