// Reads the body of a call as JSON that has one reading.
using System.Text.Json;
using System.Text.Unicode;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Access;

/// <summary>
/// One JSON object: valid UTF-8 without a byte order mark, RFC 8259 without leniency, no member twice (escaped or not), no half of a surrogate pair, at most 64 levels. Member names may be
/// escaped here, unlike at the FHIR door: what this door does not know it ignores, and nothing of the body goes on to anybody.
/// </summary>
internal static class AccessJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = StrictJson.MaximumDepth, AllowDuplicateProperties = false };

    internal static JsonDocument? Read(byte[] body)
    {
        if (!Utf8.IsValid(body))
        {
            return null;
        }

        try
        {
            return HasWholeTexts(body) && JsonDocument.Parse(body, Options) is var document ? Whole(document) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonDocument? Whole(JsonDocument document)
    {
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    private static bool HasWholeTexts(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, StrictJson.Options);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException) // an escape that is no character
        {
            return false;
        }
    }
}
