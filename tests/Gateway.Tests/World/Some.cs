// Invented people, systems and resources.
using System.Text.Json.Nodes;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Callers;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Tests.Gateway.World;

/// <summary>The small world of these tests: Aino, whose counselling is under way, and Onni, about whom nothing is on record.</summary>
public static class Some
{
    public const string Aino = "010190-901R";
    public const string Onni = "020285-902X";
    public const string Category = "https://sisote.example/fhir/CodeSystem/category";

    private static readonly CodeList Restrictions = GatewayWorld.Catalogue.CodeLists["sisote-exercise-restriction-vs"];

    /// <summary>A code of the closed list of exercise limits.</summary>
    public static string RestrictionCode => Restrictions.Codes.Keys.First();

    public static Deployment Deployment { get; } = new()
    {
        Organisations = [Organisation("pohjois-savo", "wellbeing-county"), Organisation("kuopio", "municipality"), Organisation("siilinjarvi", "municipality")],
        Systems =
        [
            System("pohjois-savo-record", "pohjois-savo", "health", "health-professional", hasAdapter: true) with { Attests = [ConditionId.Parse("relation-verified")] },
            System("kuopio-liikunta", "kuopio", "municipal-sports", "exercise-counsellor", hasAdapter: true),
            System("kuopio-portal", "kuopio", "municipal-sports", "exercise-counsellor", hasAdapter: false),
            System("siilinjarvi-portal", "siilinjarvi", "municipal-sports", "exercise-counsellor", hasAdapter: false),
        ],
        RoleScopes =
        [
            new RoleScope
            {
                Role = RoleId.Parse("exercise-counsellor"),
                Items = [.. new[] { "person-identity", "person-contact", "service-language-access", "exercise-referral", "exercise-restriction", "exercise-goal-plan", "exercise-measures", "referral-status", "service-feedback", "service-offer", "cooperation-agreement", "aggregate-indicator" }.Select(DataItemId.Parse)],
            },
        ],
    };

    /// <summary>The counsellor's system, asking the record.</summary>
    internal static Asker Asker { get; } = new()
    {
        System = Deployment.FindSystem(SystemId.Parse("kuopio-portal"))!,
        Business = new BusinessContext
        {
            SubjectId = ProfessionalId.Parse("ohjaaja-salmi"),
            SubjectRole = RoleId.Parse("exercise-counsellor"),
            OrganisationId = OrganisationId.Parse("kuopio"),
            PurposeOfUse = [PurposeId.Parse("exercise-counselling")],
        },
        Purpose = PurposeId.Parse("exercise-counselling"),
        Other = Deployment.FindSystem(SystemId.Parse("pohjois-savo-record"))!,
        Attestations = [],
    };

    public static ConsentState Counselled(ConsentState state) => state with
    {
        Facts = new ClientFacts { BirthDate = new DateOnly(1990, 1, 1), SafetyProhibition = false },
        Relationships =
        [
            new Relationship { Id = "ref-1", Kind = "referral", Status = RelationshipStatus.Active, FromOrganisation = OrganisationId.Parse("pohjois-savo"), ToOrganisation = OrganisationId.Parse("kuopio"), From = DateTimeOffset.UnixEpoch },
        ],
        Consents = [Consent("person-identity", "person-contact", "exercise-referral", "exercise-restriction", "exercise-goal-plan", "exercise-measures"), ConsentBack("service-feedback", "exercise-measures", "person-identity")],
        Agreements = [Agreement("on-behalf", "EX-03"), Agreement("director-instructions", "EX-03"), Agreement("cooperation", "EX-01")],
    };

    public static ConsentRecord Consent(params string[] items) => new()
    {
        Id = "consent-1",
        Version = 1,
        Form = ConsentFormId.Parse("SECRECY"),
        Type = ConsentType.Permit,
        Status = ConsentStatus.Active,
        Items = [.. items.Select(DataItemId.Parse)],
        RecipientSector = SectorId.Parse("municipal-sports"),
        RecipientOrganisation = OrganisationId.Parse("kuopio"),
        Purpose = PurposeId.Parse("exercise-counselling"),
        From = DateTimeOffset.UnixEpoch,
        GivenBy = "client",
        Written = true,
    };

    public static ConsentRecord ConsentBack(params string[] items) => Consent(items) with
    {
        Id = "consent-2",
        RecipientSector = SectorId.Parse("health"),
        RecipientOrganisation = OrganisationId.Parse("pohjois-savo"),
    };

    public static Agreement Agreement(string kind, string rule) => new()
    {
        Id = kind + "-1",
        Kind = kind,
        Parties = [OrganisationId.Parse("pohjois-savo"), OrganisationId.Parse("kuopio")],
        Flows = [RuleId.Parse(rule)],
        From = DateTimeOffset.UnixEpoch,
    };

    public static JsonObject Patient(string hetu, string id = "p1") => Parse($$"""
        {"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"}],"active":true,
         "name":[{"family":"Aaltonen","given":["Aino"],"text":"marker-name-text"}],"birthDate":"1990-01-01","telecom":[{"system":"phone","value":"marker-phone"}],
         "address":[{"city":"marker-city"}]}
        """);

    public static JsonObject Restriction(string hetu, string id = "flag-1") => Parse($$"""
        {"resourceType":"Flag","id":"{{id}}","meta":{"versionId":"marker-version","source":"marker-source","security":[{"code":"N"}]},"status":"active",
         "text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>marker-narrative</div>"},
         "category":[{"coding":[{"system":"{{Category}}","code":"exercise-restriction","display":"marker-category-display"},{"system":"http://example.org","code":"marker-second-category"}],"text":"marker-category-text"}],
         "code":{"coding":[{"system":"{{Restrictions.System}}","code":"{{RestrictionCode}}","display":"marker-code-display"}],"text":"marker-code-text"},
         "subject":{{Subject(hetu)}},"period":{"start":"2026-01-01"},"author":{"reference":"Practitioner/marker-doctor","display":"marker-doctor-name"},
         "extension":[{"url":"http://marker-extension","valueString":"marker-extension-value"}],"encounter":{"reference":"Encounter/marker-psychiatry"},
         "contained":[{"resourceType":"Condition","id":"marker-contained"}]}
        """);

    public static JsonObject Goal(string hetu, string id = "goal-1") => Parse($$"""
        {"resourceType":"Goal","id":"{{id}}","lifecycleStatus":"active","category":[{"coding":[{"system":"{{Category}}","code":"exercise"}]}],
         "description":{"text":"Walk half an hour each day"},"subject":{{Subject(hetu)}},"note":[{"text":"marker-goal-note"}],"addresses":[{"reference":"Condition/marker-condition"}],
         "_lifecycleStatus":{"extension":[{"url":"http://marker","valueString":"marker-primitive-extension"}]} }
        """);

    public static JsonObject Measure(string hetu, string id = "obs-1") => Parse($$"""
        {"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"activity"}]}],
         "code":{"coding":[{"system":"http://loinc.org","code":"82290-8"}],"text":"marker-observation-text"},"subject":{{Subject(hetu)}},"effectiveDateTime":"2026-02-03",
         "valueQuantity":{"value":150,"unit":"marker-unit","system":"http://unitsofmeasure.org","code":"min/wk"},"note":[{"text":"marker-observation-note"}],"valueString":"marker-value-string"}
        """);

    public static JsonObject Diagnosis(string hetu, string id = "cond-1") => Parse($$"""
        {"resourceType":"Condition","id":"{{id}}","subject":{{Subject(hetu)}},"code":{"text":"marker-diagnosis"},"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category","code":"problem-list-item"}]}]}
        """);

    public static JsonObject Referral(string hetu, string id = "sr-1") => Parse($$"""
        {"resourceType":"ServiceRequest","id":"{{id}}","status":"active","intent":"order","category":[{"coding":[{"system":"{{Category}}","code":"exercise-referral"}]}],
         "code":{"coding":[{"system":"https://sisote.example/fhir/CodeSystem/exercise-service","code":"individual-counselling"}]},"subject":{{Subject(hetu)}},"authoredOn":"2026-01-05"}
        """);

    /// <summary>The task of a referral that came as a delivery.</summary>
    public static JsonObject Task(string hetu, string status, string delivery = "ref-1", string id = "task-1") => Parse($$"""
        {"resourceType":"Task","id":"{{id}}","meta":{"versionId":"v1"},"identifier":[{"system":"https://sisote.example/fhir/sid/delivery","value":"{{delivery}}"}],"status":"{{status}}","intent":"order",
         "code":{"coding":[{"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}],"text":"marker-task-code-text"},"focus":{"reference":"ServiceRequest/sr-1","display":"marker-focus"},
         "for":{{Subject(hetu)}},"authoredOn":"2026-01-05","description":"marker-task-description","note":[{"text":"marker-task-note"}],"owner":{"display":"marker-owner"} }
        """);

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>A subject as the facade gives it: reference and national identifier.</summary>
    public static string Subject(string hetu) => $$"""{"reference":"Patient/p1","display":"marker-subject-name","identifier":{"system":"urn:oid:1.2.246.21","value":"{{hetu}}"} }""";

    private static OrganisationEntry Organisation(string id, string kind) => new() { Id = OrganisationId.Parse(id), Name = Text(id), Kind = kind };

    private static SystemEntry System(string id, string organisation, string sector, string role, bool hasAdapter) => new()
    {
        Id = SystemId.Parse(id),
        Organisation = OrganisationId.Parse(organisation),
        Sector = SectorId.Parse(sector),
        ActsAs = RoleId.Parse(role),
        Roles = [RoleId.Parse(role)],
        Purposes = [PurposeId.Parse("exercise-counselling")],
        Name = Text(id),
        Adapter = hasAdapter ? new AdapterEntry { Kind = "patient-record" } : null,
    };

    private static LocalisedText Text(string text) => new() { Fi = text, Sv = text, En = text };
}
