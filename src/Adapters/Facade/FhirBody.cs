// Reads a FHIR body within bounds.
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Sisote.Adapters.Facade;

/// <summary>FHIR R4 JSON in and out, with the model's own checks on the way in.</summary>
internal static class FhirBody
{
    /// <summary>Options for reading and writing R4 resources.</summary>
    public static JsonSerializerOptions Options { get; } = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector).UsingMode(DeserializationMode.Strict);

    /// <summary>The resource of a request's body, or null where it is too large or no R4 resource.</summary>
    public static async Task<Resource?> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (body.Length + read > maxBytes)
            {
                return null;
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return Parse(body.ToArray());
    }

    /// <summary>The resource, or null where the bytes are none.</summary>
    public static Resource? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Resource>(json, Options);
        }
        catch (Exception fault) when (fault is JsonException or DeserializationFailedException)
        {
            return null;
        }
    }
}
