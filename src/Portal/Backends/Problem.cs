// Reads the slug of a refusal, from RFC 9457 or from a FHIR OperationOutcome.
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Portal.Backends;

/// <summary>The permanent name of a refusal; all rooms use the same names on both faces.</summary>
internal static class Problem
{
    /// <summary>The slug in an answer's body; null where there is none.</summary>
    public static async Task<string?> SlugOfAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return SlugOf(JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation)));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The slug in a body; null where there is none.</summary>
    public static string? SlugOf(JsonNode? body) => body switch
    {
        JsonObject problem when problem["type"] is JsonValue type => type.ToString().Split('/')[^1],
        JsonObject outcome when outcome["issue"] is JsonArray { Count: > 0 } issues => issues[0]?["details"]?["coding"]?[0]?["code"]?.ToString(),
        _ => null,
    };
}
