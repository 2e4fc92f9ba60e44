// Members of JSON that may be something else than was expected.
using System.Text.Json;

namespace Sisote.Client;

/// <summary>Looks at JSON without believing in its shape.</summary>
internal static class JsonParts
{
    /// <summary>A member, or null.</summary>
    internal static JsonElement? Member(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text, or null.</summary>
    internal static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A list's items; none where there is no list.</summary>
    internal static IEnumerable<JsonElement> List(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
