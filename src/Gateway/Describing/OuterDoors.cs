// All outer doors of the gateway with what is said of them.
using System.Collections.Immutable;
using static Sisote.Gateway.Describing.OuterDoor;

namespace Sisote.Gateway.Describing;

/// <summary>The book that the OpenAPI document and its page are written from; tests hold it against the routes, docs/problems.md and real answers.</summary>
internal static class OuterDoors
{
    /// <summary>The route of every connected system, its name taken out.</summary>
    internal const string SystemRoute = "/fhir/{system}/{**rest}";

    /// <summary>Routes that answer what no door serves, with a refusal.</summary>
    internal static readonly ImmutableArray<string> Refusing = ["/fhir/{**rest}", "/access/{**rest}", "/network/{**rest}"];

    private const string ReadOutcome = "OperationOutcome";
    private static readonly OuterParameter System = new("system", "path", "pohjois-savo-record", "The connected system that is asked or gets the entry.", IsRequired: true);
    private static readonly OuterParameter Type = new("type", "path", "Flag", "FHIR R4 resource type; metadata lists them.", IsRequired: true);
    private static readonly OuterParameter Handle = new("id", "path", "HANDLE", "The caller's own handle of the resource, as a search gave it.", IsRequired: true);
    private static readonly OuterParameter Entry = new("id", "path", "0197a1b2c3d47000800000000000c001", "The entry, as Content-Location named it.", IsRequired: true);
    private static readonly OuterParameter Context = new("Sisote-Context", "header", "necessity-statement=\"planning the first visit\"", "Why now: a dictionary of RFC 9651. Without it a rule that asks for a reason gives nothing.");
    private static readonly OuterParameter Key = new("Idempotency-Key", "header", "visit-4711", "The delivery's own key, 1 to 64 printable characters: the same key again is the same delivery.");

    private static readonly string[] OfCalling = ["not-connected", "too-many-requests", "internal-fault", "log-unavailable"];
    private static readonly string[] OfReading = ["context-malformed", "not-served", "not-acceptable", "method-not-allowed", "source-answer-unusable", "source-unavailable", "answers-crowded", "state-changing"];
    private static readonly string[] OfSending =
    [
        "request-malformed", "context-malformed", "not-served", "not-acceptable", "method-not-allowed", "request-too-large", "media-type-unsupported", "entry-not-permitted", "agreement-missing", "element-not-permitted",
        "client-unclear", "entry-incomplete", "date-unclear", "key-used", "target-refused", "source-unavailable", "outcome-unknown", "state-changing",
    ];

    private const string Communication =
        """{"resourceType": "Communication", "status": "completed", "category": [{"coding": [{"system": "https://sisote.example/fhir/CodeSystem/category", "code": "category-code"}]}], "subject": {"reference": "Patient/HANDLE"}, "payload": [{"contentString": "Some words."}]}""";

    private const string Transaction =
        """{"resourceType": "Bundle", "type": "transaction", "entry": [{"fullUrl": "urn:uuid:0197a1b2-c3d4-7000-8000-00000000c001", "resource": RESOURCE, "request": {"method": "POST", "url": "Communication"}}]}""";

    private const string Question =
        """{"subject": {"type": "user", "id": "ohjaaja-salmi"}, "action": {"name": "read"}, "resource": {"type": "item-code", "id": "010190-999W", "properties": {"system": "pohjois-savo-record"}}, "context": {"attestations": {"necessity-statement": "planning the first visit"}}}""";

    /// <summary>All doors.</summary>
    internal static ImmutableArray<OuterDoor> All { get; } =
    [
        Reads("POST", "/fhir/{system}/Patient/_search", "Find a client by personal identity code, which stands in the body alone", "Bundle", "request-malformed", "parameter-unknown", "request-too-large", "media-type-unsupported")
            with { Parameters = [System, Context], Body = (Form, "FindClient", "identifier=urn:oid:1.2.246.21|010190-999W") },
        Reads("GET", "/fhir/{system}/{type}", "Search resources of a client; further parameters are in metadata", "Bundle", "parameter-unknown", "page-ended")
            with { Parameters = [System, Type, new OuterParameter("patient", "query", "HANDLE", "The client's handle."), Context] },
        Reads("POST", "/fhir/{system}/{type}/_search", "Search with the parameters in the body", "Bundle", "request-malformed", "parameter-unknown", "request-too-large", "media-type-unsupported")
            with { Parameters = [System, Type, Context], Body = (Form, "Search", "patient=HANDLE") },
        Reads("GET", "/fhir/{system}/{type}/{id}", "Read a resource by its handle", "Resource", "request-malformed", "not-found", "interaction-not-supported")
            with { Parameters = [System, Type, Handle, Context] },
        Sends("/fhir/{system}/{type}", "Send an entry; every element must belong to a permitted item", (201, FhirJson, ReadOutcome, "Delivered; Sisote-Receipt stands twice, for the intent and the outcome."))
            with { Parameters = [System, Type with { Sample = "Communication" }, Context, Key], Body = (FhirJson, "Resource", Communication) },
        Sends("/fhir/{system}", "Send at most 20 resources about one client, all or none", (200, FhirJson, "Bundle", "Delivered: a transaction-response with the receipts of each entry."))
            with { Parameters = [System, Context, Key], Body = (FhirJson, "Bundle", Transaction.Replace("RESOURCE", Communication, StringComparison.Ordinal)) },
        new("PATCH", "/fhir/{system}/Task/{id}", "Take a step of a referral, from a version that was read")
        {
            Route = SystemRoute,
            Parameters = [System, Handle, new OuterParameter("If-Match", "header", "W/\"version\"", "The ETag of the last read.", IsRequired: true), Context, Key],
            Body = (Patch, "JsonPatch", """[{"op": "replace", "path": "/status", "value": "accepted"}]"""),
            Answers = [(200, null, null, "Done; ETag is the new version, Sisote-Receipt stands twice.")],
            Problems = [.. OfCalling, "request-malformed", "context-malformed", "not-served", "not-acceptable", "method-not-allowed", "request-too-large", "media-type-unsupported", "not-found", "entry-not-permitted", "step-not-possible", "step-unclear", "version-stale", "version-needed", "target-refused", "element-not-permitted", "source-unavailable", "source-answer-unusable", "outcome-unknown", "state-changing"],
        },
        new("GET", "/fhir/{system}/metadata", "What this caller may ask for of a system") { Parameters = [System], Answers = [(200, FhirJson, "Resource", "A CapabilityStatement.")], Problems = ["not-connected", "internal-fault"] },
        .. SubscriptionDoors.All,
        new("GET", "/outbox/{id}", "Where a waiting entry stands; for its sender alone")
        {
            Parameters = [Entry],
            Answers = [(200, FhirJson, "Resource", "Delivered; Sisote-Entry-State is delivered."), (202, FhirJson, ReadOutcome, "It waits, is being sent, or is not known; Sisote-Entry-State says which, Retry-After when to look again.")],
            Problems = ["not-found", "entry-not-permitted", "entry-cancelled", "entry-expired", "target-refused", "outcome-unknown", "log-unavailable", "too-many-requests", "internal-fault"],
        },
        new("DELETE", "/outbox/{id}", "Take a waiting entry back")
        {
            Parameters = [Entry],
            Answers = [(202, FhirJson, ReadOutcome, "Taken back; nothing arrived.")],
            Problems = ["not-found", "entry-not-cancellable", "log-unavailable", "too-many-requests", "internal-fault"],
        },
        new("POST", "/access/v1/evaluation", "May this be done (OpenID AuthZEN 1.0)?")
        {
            Body = (Json, "Evaluation", Question),
            Answers = [(200, Json, "Decision", "Permitted or denied; only decision: true permits.")],
            Problems = [.. OfCalling, "request-malformed", "subject-not-caller", "request-too-large", "media-type-unsupported", "method-not-allowed", "not-served", "state-changing"],
        },
        new("POST", "/access/v1/evaluations", "Several questions in one call")
        {
            Body = (Json, "Evaluations", $$"""{"evaluations": [{{Question}}]}"""),
            Answers = [(200, Json, "Decisions", "One decision for each; without evaluations a single decision.")],
            Problems = [.. OfCalling, "request-malformed", "subject-not-caller", "too-many-evaluations", "request-too-large", "media-type-unsupported", "method-not-allowed", "not-served", "state-changing"],
        },
        .. NetworkDoors.All,
        Open("/.well-known/authzen-configuration", "Where the access door is", (200, Json, "AccessConfiguration", "The addresses.")),
        Open("/.well-known/smart-configuration", "Which issuer gives tokens", (200, Json, "SmartConfiguration", "The issuer and its token endpoint."), "source-unavailable"),
        Open("/fhir/{system}/.well-known/smart-configuration", "The same where SMART looks for it; alike for every name", (200, Json, "SmartConfiguration", "The issuer and its token endpoint."), "source-unavailable") with { Parameters = [System] },
        Open("/log/checkpoint", "The log's newest signed checkpoint (C2SP tlog-checkpoint)", (200, Text, null, "A signed note."), "log-unavailable", "not-found"),
        Open("/log/cosigned", "The newest checkpoint that witnesses have signed, too", (200, Text, null, "A signed note."), "log-unavailable", "not-found"),
        Open("/log/tile/{tile}", "A tile of the log (C2SP tlog-tiles)", (200, Binary, null, "Hashes, or leaves below entries."), "log-unavailable", "not-found", "not-served")
            with { Route = "/log/tile/{**tile}", Parameters = [new OuterParameter("tile", "path", "0/000", "Level and index in groups of three digits; it holds slashes.", IsRequired: true)] },
        new("POST", "/witness/add-checkpoint", "Have another log's checkpoint witnessed (C2SP tlog-witness)")
        {
            IsOpen = true,
            Body = (Text, "Checkpoint", "old 0\n\nexample.org/log\n1\nAAAA\n\n"),
            Answers = [(200, Text, null, "The cosignature."), (400, null, null, "Not to be read."), (403, null, null, "Not signed by that log's key."), (409, Text, null, "The size that was witnessed last."), (422, null, null, "It does not continue what was witnessed.")],
            Problems = ["not-found", "request-too-large", "too-many-requests", "log-unavailable", "internal-fault"],
        },
        Open("/witness/{origin}/checkpoint", "The newest checkpoint that is witnessed of a log", (200, Text, null, "A signed note."), "not-found", "not-served", "log-unavailable")
            with { Parameters = [new OuterParameter("origin", "path", new string('0', 64), "SHA-256 of the log's name, in hex.", IsRequired: true)] },
        Open("/health/live", "Whether the process runs", (200, null, null, "It does.")),
        Open("/openapi/v1.json", "This document", (200, Json, null, "OpenAPI 3.1.")),
        Open("/openapi", "This document for people", (200, "text/html", null, "A page without scripts.")),
        Open("/openapi/page.css", "The style of that page", (200, "text/css", null, "CSS.")),
    ];

    private static OuterDoor Reads(string method, string path, string summary, string schema, params ReadOnlySpan<string> problems) => new(method, path, summary)
    {
        Route = SystemRoute,
        Answers = [(200, FhirJson, schema, schema == "Bundle" ? "What may be given, with Sisote-Receipt; an empty Bundle tells neither what is not there nor what may not be given." : "The resource, with Sisote-Receipt.")],
        Problems = [.. OfCalling, .. OfReading, .. problems],
    };

    private static OuterDoor Sends(string path, string summary, (int, string?, string?, string) delivered) => new("POST", path, summary)
    {
        Route = SystemRoute,
        Answers = [delivered, (202, FhirJson, ReadOutcome, "The target cannot take it now: it waits here; Content-Location says where its state stands.")],
        Problems = [.. OfCalling, .. OfSending],
    };

    private static OuterDoor Open(string path, string summary, (int, string?, string?, string) answer, params ReadOnlySpan<string> problems) =>
        new("GET", path, summary) { IsOpen = true, Answers = [answer], Problems = [.. problems] };
}
