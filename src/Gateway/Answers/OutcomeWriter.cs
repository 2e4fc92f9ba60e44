// Writes refusals as FHIR OperationOutcomes, always of one shape.
using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Gateway.Answers;

/// <summary>Turns a refusal into an answer. The same refusal gives the same bytes, whatever lies behind it.</summary>
internal static class OutcomeWriter
{
    internal const string SlugSystem = "https://sisote.fi/problems";

    private static readonly ConcurrentDictionary<Refusal, byte[]> Fixed = new();

    internal static Task WriteAsync(HttpContext context, Refusal refusal, Action<IHeaderDictionary>? addHeaders = null)
    {
        var bytes = refusal.Expression is null && refusal.Hints.IsEmpty ? Fixed.GetOrAdd(refusal, Make) : Make(refusal);
        return PlainAnswer.WriteAsync(context, refusal.Status, bytes, headers =>
        {
            addHeaders?.Invoke(headers);
            if (refusal.Allow is { } allow)
            {
                headers.Allow = allow;
            }

            if (refusal.RetryAfter is { } seconds)
            {
                headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }
        });
    }

    /// <summary>Receipts as a body, where headers will not do.</summary>
    internal static JsonObject OfReceipts(IEnumerable<string> receipts) => new()
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray([.. receipts.Select(static receipt => new JsonObject
        {
            ["severity"] = "information",
            ["code"] = "informational",
            ["details"] = new JsonObject { ["text"] = PlainAnswer.ReceiptHeader },
            ["diagnostics"] = receipt,
        })]),
    };

    internal static byte[] Make(Refusal refusal)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("resourceType", "OperationOutcome");
        json.WriteStartArray("issue");
        WriteIssue(json, "error", refusal.IssueCode, refusal.Slug, refusal.Text, refusal.Expression);
        foreach (var (slug, text) in refusal.Hints)
        {
            WriteIssue(json, "information", "informational", slug, text, null);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteIssue(Utf8JsonWriter json, string severity, string code, string slug, string text, string? expression)
    {
        json.WriteStartObject();
        json.WriteString("severity", severity);
        json.WriteString("code", code);
        json.WriteStartObject("details");
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("system", SlugSystem);
        json.WriteString("code", slug);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("text", text);
        json.WriteEndObject();
        if (expression is not null)
        {
            json.WriteStartArray("expression");
            json.WriteStringValue(expression);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
