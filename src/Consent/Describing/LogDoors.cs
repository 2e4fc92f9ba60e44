// The doors of the log: keeping, reading, erasing, witnessing.
using System.Collections.Immutable;
using Sisote.Doors.Consent;
using static Sisote.Consent.Describing.Door;

namespace Sisote.Consent.Describing;

/// <summary>Rows of <see cref="DoorBook"/>.</summary>
internal static class LogDoors
{
    private const string Bytes = "application/octet-stream";

    public static ImmutableArray<Door> All { get; } =
    [
        Reads<MyDisclosures>("GET /me/disclosures", "What was disclosed about the signed-in client", "invalid-request"),
        Reads<Usages>("GET /me/findUsage", "Uses of the signed-in client's data", "invalid-request") with
        {
            Query = [("periodStart", "2026-01-01T00:00:00Z"), ("periodEnd", "2026-12-31T00:00:00Z"), ("offset", "0"), ("limit", "20")],
        },
        Reads<UsagePeriod>("GET /me/usagePeriod", "For which time uses can be told"),
        Records<LogPage>("GET /log", "A page of the organisation's log, by filters", "invalid-request") with
        {
            Query =
            [
                ("since", "2026-01-01T00:00:00Z"), ("until", "2026-12-31T00:00:00Z"), ("system", "system-id"), ("item", "item-code"), ("rule", "RULE"), ("outcome", "released"), ("kind", "disclosure"),
                ("cursor", "100"), ("limit", "50"),
            ],
        },
        Records<LogDetail>("GET /log/{index}", "One entry with its proof", "not-found", "entry-erased", "record-changed"),
        Gives("POST /log/query", "Entries as lines, for the operator", Lines, "invalid-request", "not-found"),
        Gives("GET /log/export", "A bundle of the log that anybody can verify", Lines),
        Gives("POST /log/backtests", "Decide the log's past decisions under another catalogue or deployment", Lines, "invalid-request"),
        Records<RetentionReport>("GET /log/retention", "What is due to be erased", "invalid-request"),
        Reads<ErasureRuns>("GET /log/erasures", "Runs of erasing"),
        Records<ErasureRun>("POST /log/erasures", "Prepare a run of erasing", "invalid-request"),
        Gives("GET /log/erasures/{id}/export", "The bundle of what a run will erase", Lines, "not-found", "wrong-state"),
        Gives("POST /log/erasures/{id}/run", "Erase", Lines, "invalid-request", "not-found", "wrong-state", "export-wanted"),
        Reads<HoldList>("GET /log/holds", "Holds that keep entries from being erased"),
        Records<HoldView>("POST /log/holds", "Place a hold", "invalid-request", "not-found"),
        Records<HoldView>("POST /log/holds/{id}/lift", "Lift a hold", "invalid-request", "not-found", "wrong-state"),
        Gives("GET /log/checkpoint", "The newest checkpoint (C2SP)", Text),
        Gives("GET /log/cosigned", "The newest checkpoint that witnesses signed", Text, "not-found"),
        Gives("GET /log/tile/{path}", "A tile of the log (C2SP)", Bytes, "not-found"),
        Gives("POST /witness/add-checkpoint", "Cosign another log's checkpoint (C2SP tlog-witness)", Text, "checkpoint-malformed", "checkpoint-not-signed", "log-not-watched", "checkpoint-does-not-continue") with { Body = Text },
        Gives("GET /witness/{origin}/checkpoint", "The checkpoint of a watched log", Text, "not-found"),
        Reads<WitnessStatus>("GET /witness/status", "How watched logs and this log's witnesses stand"),
        Gives("GET /witness/alarms/{id}", "Evidence of an alarm", Json, "not-found"),
        Takes("POST /witness/alarms/{id}/settle", "Settle an alarm", "invalid-request", "not-found"),
        Gives("GET /fhir/AuditEvent", "Search AuditEvents (IHE ITI-81)", FhirJson, "invalid-request", "parameter-unknown", "not-acceptable"),
        Gives("POST /fhir/AuditEvent/_search", "Search AuditEvents", FhirJson, "invalid-request", "parameter-unknown", "not-acceptable", "media-type-unsupported") with { Body = "application/x-www-form-urlencoded" },
        Gives("GET /fhir/AuditEvent/{id}", "One AuditEvent", FhirJson, "not-found"),
        Gives("POST /fhir/Consent", "Put a Consent on record (IHE PCF, ITI-108)", FhirJson, "invalid-request", "media-type-unsupported", "consent-not-understood", "wrong-state", "not-found", "id-taken", "consent-not-in-law", "consent-form-elsewhere", "consent-way", "consent-time", "consent-giver", "consent-recorder") with { Statuses = [200, 201], Body = FhirJson },
        Gives("GET /fhir/Consent", "Search the signed-in client's consents", FhirJson, "invalid-request", "parameter-unknown", "not-acceptable", "consent-recorder"),
        Gives("POST /fhir/Consent/_search", "Search consents", FhirJson, "invalid-request", "parameter-unknown", "not-acceptable", "media-type-unsupported", "consent-recorder") with { Body = "application/x-www-form-urlencoded" },
        Gives("GET /fhir/Consent/{id}", "One Consent", FhirJson, "not-found", "consent-recorder"),
        Gives("GET /fhir/CodeSystem", "Code systems of this house", FhirJson, "parameter-unknown"),
        Gives("GET /fhir/CodeSystem/{id}", "One code system", FhirJson, "not-found"),
        Gives("GET /fhir/ValueSet", "Value sets of this house", FhirJson, "parameter-unknown"),
        Gives("GET /fhir/ValueSet/{id}", "One value set", FhirJson, "not-found"),
        Gives("GET /fhir/metadata", "What the FHIR doors serve", FhirJson),
    ];
}
