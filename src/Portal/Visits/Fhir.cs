// Reads the few FHIR elements that the pages show.
using System.Globalization;
using System.Text.Json.Nodes;
using Sisote.Portal.Texts;

namespace Sisote.Portal.Visits;

/// <summary>Elements of FHIR R4 JSON as values; what is absent or malformed is null, never a fault.</summary>
internal static class Fhir
{
    /// <summary>The resource's type.</summary>
    public static string Type(this JsonObject resource) => Text(resource["resourceType"]) ?? string.Empty;

    /// <summary>A string element.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    /// <summary>When a resource came to be or holds from, as it says itself, for the newest first; empty where it does not say.</summary>
    public static string Moment(this JsonObject resource) =>
        new[] { resource["effectiveDateTime"], resource["effectivePeriod"]?["start"], resource["authoredOn"], resource["date"], resource["startDate"], resource["period"]?["start"], resource["created"] }
            .Select(static node => node.Text()).FirstOrDefault(static text => text is not null) ?? string.Empty;

    /// <summary>The id within a reference of a type, for example the handle of <c>Patient/h-1</c>.</summary>
    public static string? Target(this JsonNode? reference, string type) =>
        Text(reference?["reference"]) is { } text && text.StartsWith(type + "/", StringComparison.Ordinal) ? text[(type.Length + 1)..] : null;

    /// <summary>A person's name as it is said: the official or first one.</summary>
    public static string? PersonName(this JsonObject patient)
    {
        var names = (patient["name"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var name = names.Find(static each => Text(each["use"]) == "official") ?? names.FirstOrDefault();
        var given = (name?["given"] as JsonArray ?? []).Select(Text).OfType<string>();
        var whole = string.Join(' ', [.. given, .. Text(name?["family"]) is { } family ? [family] : Array.Empty<string>()]);
        return whole.Length > 0 ? whole : Text(name?["text"]);
    }

    /// <summary>A full date.</summary>
    public static DateOnly? Date(this JsonNode? node) =>
        Text(node) is { } text && DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>The words of a coded element: the catalogue's own label by code first, then what came with it.</summary>
    public static string? Words(this JsonNode? concept, Names names)
    {
        var codings = (concept?["coding"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return codings.Select(coding => names.Label(Text(coding["system"]), Text(coding["code"]))).FirstOrDefault(static label => label is not null)
            ?? Text(concept?["text"])
            ?? codings.Select(static coding => Text(coding["display"])).FirstOrDefault(static display => display is not null)
            ?? codings.Select(static coding => Text(coding["code"])).FirstOrDefault();
    }

    /// <summary>A quantity with its unit.</summary>
    public static string? Amount(this JsonNode? quantity, string language) =>
        quantity?["value"] is JsonValue value && value.TryGetValue<decimal>(out var number)
            ? $"{number.ToString("0.##", CultureInfo.InvariantCulture).Replace('.', language == "en" ? '.' : ',')} {Text(quantity["unit"]) ?? Text(quantity["code"])}".TrimEnd()
            : null;
}
