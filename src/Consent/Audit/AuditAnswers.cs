// What the FHIR door to the log answers with.
using System.Text.Json;
using Sisote.Consent.Fhir;
using Sisote.DisclosureLog.Audit;

namespace Sisote.Consent.Audit;

/// <summary>AuditEvents and pages of them.</summary>
internal static class AuditAnswers
{
    /// <summary>One event.</summary>
    public static IResult Resource(AuditEvent audit) => FhirAnswers.Write(200, json => AuditEventJson.Write(json, audit));

    /// <summary>A page of a search. It tells no total: counting would read the whole period.</summary>
    public static IResult Page(AuditPage page, string address, AuditQuery query) => FhirAnswers.Write(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "Bundle"u8);
        json.WriteString("type"u8, "searchset"u8);
        json.WriteStartArray("link"u8);
        WriteLink(json, "self", address + query.ToQuery(query.Cursor == AuditCursor.Newest ? null : query.Cursor));
        if (page.Next is { } next)
        {
            WriteLink(json, "next", address + query.ToQuery(next));
        }

        json.WriteEndArray();
        if (!page.Events.IsEmpty)
        {
            json.WriteStartArray("entry"u8);
            foreach (var audit in page.Events)
            {
                WriteEntry(json, audit, address);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    private static void WriteEntry(Utf8JsonWriter json, AuditEvent audit, string address)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl"u8, $"{address}/{audit.Id}");
        json.WritePropertyName("resource"u8);
        AuditEventJson.Write(json, audit);
        json.WriteStartObject("search"u8);
        json.WriteString("mode"u8, "match"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, string relation, string url)
    {
        json.WriteStartObject();
        json.WriteString("relation"u8, relation);
        json.WriteString("url"u8, url);
        json.WriteEndObject();
    }
}
