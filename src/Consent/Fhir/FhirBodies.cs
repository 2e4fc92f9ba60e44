// Bodies that come in at the FHIR doors.
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Sisote.Consent.Fhir;

/// <summary>Strict JSON, and forms of searches.</summary>
internal static class FhirBodies
{
    private const string Form = "application/x-www-form-urlencoded";
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 24, AllowDuplicateProperties = false };

    public static string TypeOf(HttpContext context) => context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() ?? string.Empty;

    /// <summary>The body as JSON; null where it is none, too large, or holds text that is no text (half of a surrogate pair, bytes that are no UTF-8).</summary>
    public static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        JsonDocument? document = null;
        try
        {
            document = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted);
            ReadText(document.RootElement);
            return document;
        }
        catch (Exception fault) when (fault is JsonException or BadHttpRequestException or InvalidOperationException)
        {
            document?.Dispose();
            return null;
        }
    }

    /// <summary>Reads every name and text once.</summary>
    /// <exception cref="InvalidOperationException">One of them is no text.</exception>
    private static void ReadText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var one in element.EnumerateArray())
                {
                    ReadText(one);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadText(member.Value);
                }

                break;
            default:
                break; // numbers and words
        }
    }

    /// <summary>Reads the form of a search, which then stands in the request; the problem where it is none.</summary>
    public static async Task<ProblemHttpResult?> FormProblemAsync(HttpContext context, int most)
    {
        if (TypeOf(context) != Form)
        {
            return Problems.MediaTypeUnsupported();
        }

        if (context.Request.QueryString.HasValue)
        {
            return Problems.InvalidRequest("query", "Send all parameters in the body.");
        }

        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            return Problems.InvalidRequest("body", $"Send a form of at most {most / 1024} KiB.");
        }
    }
}
