// What the FHIR doors of this room serve, as FHIR says it.
using System.Text.Json.Nodes;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Consent.Fhir;

/// <summary>The CapabilityStatement of <c>/fhir</c> in this room.</summary>
internal static class FhirCapability
{
    private static readonly (string Name, string Type)[] OfEvents =
    [
        ("date", "date"), ("patient", "reference"), ("agent", "reference"), ("entity", "reference"), ("source", "reference"), ("agent-role", "token"), ("entity-type", "token"), ("entity-role", "token"),
        ("type", "token"), ("subtype", "token"), ("outcome", "token"), ("action", "token"), ("policy", "uri"), ("address", "string"),
    ];

    private static readonly (string Name, string Type)[] OfConsents = [("patient.identifier", "token"), .. ConsentQueryReader.Others.Select(static name => (name, "token"))];

    private static readonly Dictionary<string, string> Notes = new(StringComparer.Ordinal)
    {
        ["date"] = "Mandatory. When the log took the entry in (recorded).",
        ["patient.identifier"] = "In the body of a POST only; mandatory but for a signed-in client.",
    };

    public static JsonObject Of(DateTimeOffset now) => new()
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["date"] = CanonicalTime.Write(now),
        ["kind"] = "instance",
        ["instantiates"] = new JsonArray("https://profiles.ihe.net/ITI/BALP/CapabilityStatement/IHE.BALP.ATNA.AuditRecordRepository"),
        ["implementation"] = new JsonObject { ["description"] = "Sisote: the disclosure log as an audit record repository (IHE ITI-81), and consents after IHE PCF (ITI-108)" },
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("application/fhir+json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["resource"] = new JsonArray(
                Resource("AuditEvent", OfEvents, "read", "search-type"),
                Resource("Consent", OfConsents, "create", "read", "search-type"),
                Resource("CodeSystem", [("url", "uri")], "read", "search-type"),
                Resource("ValueSet", [("url", "uri")], "read", "search-type")),
        }),
    };

    private static JsonObject Resource(string type, (string Name, string Type)[] parameters, params ReadOnlySpan<string> interactions)
    {
        var offered = new JsonArray();
        foreach (var interaction in interactions)
        {
            offered.Add(new JsonObject { ["code"] = interaction });
        }

        return new JsonObject { ["type"] = type, ["interaction"] = offered, ["searchParam"] = new JsonArray([.. parameters.Select(Parameter)]) };
    }

    private static JsonObject Parameter((string Name, string Type) parameter)
    {
        var written = new JsonObject { ["name"] = parameter.Name, ["type"] = parameter.Type };
        if (Notes.TryGetValue(parameter.Name, out var note))
        {
            written["documentation"] = note;
        }

        return written;
    }
}
