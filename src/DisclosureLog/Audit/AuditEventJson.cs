// Writes an AuditEvent as FHIR JSON.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.DisclosureLog.Entries;

namespace Sisote.DisclosureLog.Audit;

/// <summary>Writes events in the order of elements that FHIR R4 gives them; what is empty is left out.</summary>
public static class AuditEventJson
{
    /// <summary>Writes one event as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, AuditEvent audit)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(audit);
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "AuditEvent"u8);
        json.WriteString("id"u8, audit.Id);
        WriteMeta(json, audit);
        WriteCoding(json, "type", audit.Type);
        WriteList(json, "subtype", audit.Subtypes, static (writer, coding) => WriteCoding(writer, null, coding));
        json.WriteString("action"u8, audit.Action);
        json.WriteStartObject("period"u8);
        json.WriteString("start"u8, CanonicalTime.Write(audit.Occurred));
        json.WriteString("end"u8, CanonicalTime.Write(audit.Occurred));
        json.WriteEndObject();
        json.WriteString("recorded"u8, CanonicalTime.Write(audit.Recorded));
        json.WriteString("outcome"u8, audit.Outcome);
        json.WriteString("outcomeDesc"u8, audit.OutcomeText);
        WriteConcepts(json, "purposeOfEvent", audit.Purpose);
        WriteList(json, "agent", audit.Agents, WriteAgent);
        json.WriteStartObject("source"u8);
        json.WriteString("site"u8, audit.Site);
        WriteReference(json, "observer", audit.Observer);
        json.WriteEndObject();
        WriteList(json, "entity", audit.Entities, WriteEntity);
        json.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter json, AuditEvent audit)
    {
        json.WriteStartObject("meta"u8);
        json.WriteString("lastUpdated"u8, CanonicalTime.Write(audit.Recorded));
        if (audit.Profile is { } profile)
        {
            json.WriteStartArray("profile"u8);
            json.WriteStringValue(profile);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteAgent(Utf8JsonWriter json, AuditAgent agent)
    {
        json.WriteStartObject();
        WriteConcept(json, "type", agent.Type);
        WriteConcepts(json, "role", agent.Role);
        WriteReference(json, "who", agent.Who);
        json.WriteBoolean("requestor"u8, agent.Requestor);
        WriteList(json, "policy", agent.Policies, static (writer, policy) => writer.WriteStringValue(policy));
        if (agent.Machine is { } machine)
        {
            json.WriteStartObject("network"u8);
            json.WriteString("address"u8, machine);
            json.WriteString("type"u8, "1"u8);
            json.WriteEndObject();
        }

        WriteConcepts(json, "purposeOfUse", agent.Purpose);
        json.WriteEndObject();
    }

    private static void WriteEntity(Utf8JsonWriter json, AuditEntity entity)
    {
        json.WriteStartObject();
        WriteReference(json, "what", entity.What);
        WriteCoding(json, "type", entity.Type);
        if (entity.Role is { } role)
        {
            WriteCoding(json, "role", role);
        }

        if (entity.Description is { } description)
        {
            json.WriteString("description"u8, description);
        }

        WriteList(json, "detail", entity.Details, WriteDetail);
        json.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter json, AuditDetail detail)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, detail.Type);
        json.WriteString("valueString"u8, detail.Value);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, string name, AuditReference? reference)
    {
        if (reference is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("type"u8, reference.Type);
        json.WriteStartObject("identifier"u8);
        json.WriteString("system"u8, reference.System);
        json.WriteString("value"u8, reference.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConcepts(Utf8JsonWriter json, string name, AuditCoding? coding)
    {
        if (coding is not null)
        {
            json.WriteStartArray(name);
            WriteConcept(json, null, coding);
            json.WriteEndArray();
        }
    }

    private static void WriteConcept(Utf8JsonWriter json, string? name, AuditCoding coding)
    {
        Open(json, name);
        json.WriteStartArray("coding"u8);
        WriteCoding(json, null, coding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCoding(Utf8JsonWriter json, string? name, AuditCoding coding)
    {
        Open(json, name);
        json.WriteString("system"u8, coding.System);
        json.WriteString("code"u8, coding.Code);
        if (coding.Display is { } display)
        {
            json.WriteString("display"u8, display);
        }

        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, ImmutableArray<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (values.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            write(json, value);
        }

        json.WriteEndArray();
    }

    private static void Open(Utf8JsonWriter json, string? name)
    {
        if (name is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(name);
        }
    }
}
