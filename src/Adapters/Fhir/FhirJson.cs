// Reads JSON of FHIR servers in one way only.
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Fhir;

/// <summary>JSON objects: duplicate members, broken UTF-8 and half a surrogate are refused, depth is bounded.</summary>
internal static class FhirJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The object, or null where the bytes are none.</summary>
    public static JsonObject? Parse(byte[] json)
    {
        try
        {
            return Utf8.IsValid(json) ? JsonNode.Parse(json, documentOptions: Strict) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The object of an answer that says that it is FHIR or JSON in UTF-8.</summary>
    /// <exception cref="NativeFaultException">It is something else.</exception>
    public static JsonObject Read(NativeAnswer answer) =>
        !answer.IsEncoded && IsFhir(answer.ContentType) ? Parse(answer.Body) ?? throw Unreadable("not JSON that can be read in one way") : throw Unreadable("an answer that does not say that it is FHIR JSON");

    /// <summary>The text of a member, or null where it is none.</summary>
    public static string? Text(JsonNode? node, string name)
    {
        try
        {
            return node is JsonObject element && element[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        }
        catch (InvalidOperationException fault)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "a text that is no Unicode", fault);
        }
    }

    /// <summary>The objects of a list; an absent list is empty.</summary>
    /// <exception cref="NativeFaultException">What stands there is no list of objects: half of it must not pass as the whole.</exception>
    public static IReadOnlyList<JsonObject> Objects(JsonNode? node, string name)
    {
        if (node is null || node is JsonObject whole && !whole.ContainsKey(name))
        {
            return [];
        }

        return node is JsonObject element && element[name] is JsonArray list && list.All(static one => one is JsonObject) ? [.. list.OfType<JsonObject>()] : throw Unreadable("something else than a list of objects");
    }

    /// <summary>A fault of the answer.</summary>
    public static NativeFaultException Unreadable(string what) => new(NativeFault.Unreadable, what);

    private static bool IsFhir(string? contentType)
    {
        var parts = (contentType ?? string.Empty).Split(';', StringSplitOptions.TrimEntries);
        return parts[0].ToLowerInvariant() is "application/fhir+json" or "application/json"
            && parts.Skip(1).All(static part => !part.StartsWith("charset", StringComparison.OrdinalIgnoreCase) || part.Replace("\"", string.Empty, StringComparison.Ordinal).Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
