// What the FHIR door serves, as FHIR says it.
using System.Text.Json;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Consent.Audit;

/// <summary>The CapabilityStatement of <c>/fhir</c> in this room.</summary>
internal static class AuditCapability
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["date"] = "date", ["patient"] = "reference", ["agent"] = "reference", ["entity"] = "reference", ["source"] = "reference", ["agent-role"] = "token", ["entity-type"] = "token",
        ["entity-role"] = "token", ["type"] = "token", ["subtype"] = "token", ["outcome"] = "token", ["action"] = "token", ["policy"] = "uri", ["address"] = "string",
    };

    public static void Write(Utf8JsonWriter json, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "CapabilityStatement"u8);
        json.WriteString("status"u8, "active"u8);
        json.WriteString("date"u8, CanonicalTime.Write(now));
        json.WriteString("kind"u8, "instance"u8);
        json.WriteStartObject("implementation"u8);
        json.WriteString("description"u8, "The disclosure log of Sisote as an audit record repository (IHE ITI-81)"u8);
        json.WriteEndObject();
        WriteList(json, "instantiates", ["https://profiles.ihe.net/ITI/BALP/CapabilityStatement/IHE.BALP.ATNA.AuditRecordRepository"]);
        json.WriteString("fhirVersion"u8, "4.0.1"u8);
        WriteList(json, "format", ["application/fhir+json"]);
        json.WriteStartArray("rest"u8);
        json.WriteStartObject();
        json.WriteString("mode"u8, "server"u8);
        json.WriteStartArray("resource"u8);
        WriteResource(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "AuditEvent"u8);
        json.WriteStartArray("interaction"u8);
        foreach (var interaction in (string[])["read", "search-type"])
        {
            json.WriteStartObject();
            json.WriteString("code"u8, interaction);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("searchParam"u8);
        foreach (var (name, type) in Types)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("type"u8, type);
            if (name == "date")
            {
                json.WriteString("documentation"u8, "Mandatory. When the log took the entry in (recorded)."u8);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
