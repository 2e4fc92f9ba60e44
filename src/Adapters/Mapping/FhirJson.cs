// Puts values into FHIR JSON and takes them out.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Mapping;

/// <summary>FHIR JSON by places.</summary>
internal static class FhirJson
{
    /// <summary>How FHIR writes a decimal: no thousands, so that a decimal comma is no number instead of another one.</summary>
    public const NumberStyles DecimalForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The JSON of one value; null where it cannot stand in such a place.</summary>
    /// <param name="place">The element.</param>
    /// <param name="system">Code system; only concepts have one.</param>
    /// <param name="text">The value.</param>
    public static JsonNode? Value(FhirPlace place, string system, string text) => place.Kind switch
    {
        PlaceKind.Concept when system.Length > 0 => Concept(place, new JsonObject { ["system"] = system, ["code"] = text }),
        PlaceKind.Concept or PlaceKind.Object => null,
        _ when system.Length > 0 => null,
        PlaceKind.Boolean => text is "true" or "false" ? JsonValue.Create(text == "true") : null,
        PlaceKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : null,
        PlaceKind.Number => decimal.TryParse(text, DecimalForm, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null,
        _ => JsonValue.Create(text),
    };

    /// <summary>Puts a value at a place below an object; lists on the way have one item.</summary>
    public static void Put(JsonObject at, FhirPlace place, ImmutableArray<JsonNode> values)
    {
        foreach (var (name, repeats) in place.Steps[..^1])
        {
            if ((at[name] is JsonArray { Count: > 0 } list ? list[0] : at[name]) is not JsonObject below)
            {
                below = [];
                at[name] = repeats ? new JsonArray(below) : below;
            }

            at = below;
        }

        var last = place.Steps[^1];
        at[last.Name] = last.Repeats ? new JsonArray([.. values]) : values[0];
    }

    /// <summary>What stands at a place below an object: nothing, one or several.</summary>
    public static ImmutableArray<JsonNode> Find(JsonObject at, FhirPlace place)
    {
        JsonNode? found = at;
        foreach (var (name, _) in place.Steps)
        {
            found = (found is JsonArray { Count: 1 } list ? list[0] : found) is JsonObject next ? next[name] : null;
        }

        return found switch
        {
            null => [],
            JsonArray items => [.. items.OfType<JsonNode>()],
            _ => [found],
        };
    }

    /// <summary>The codings of a concept.</summary>
    public static IEnumerable<(string System, string Code)> Codings(JsonNode concept) => concept is not JsonObject one ? []
        : one["coding"] is JsonArray codings ? codings.OfType<JsonObject>().Select(Coding)
        : one.ContainsKey("code") ? [Coding(one)]
        : [];

    /// <summary>The text of a primitive.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
            _ => null,
        }
        : null;

    private static JsonObject Concept(FhirPlace place, JsonObject coding) => place.Type.Name == "Coding" ? coding : new JsonObject { ["coding"] = new JsonArray(coding) };

    private static (string System, string Code) Coding(JsonObject coding) => (Text(coding["system"]) ?? string.Empty, Text(coding["code"]) ?? string.Empty);
}
