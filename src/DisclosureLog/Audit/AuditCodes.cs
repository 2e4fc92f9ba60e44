// Codes of the outside world that AuditEvents are written in.
namespace Sisote.DisclosureLog.Audit;

/// <summary>Code systems of DICOM, HL7 and IHE, as IHE BALP 1.1 uses them, and our own identifier systems.</summary>
public static class AuditCodes
{
    /// <summary>Where the profiles of IHE BALP are.</summary>
    public const string Profiles = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

    /// <summary>Our identifiers: <c>system</c>, <c>organisation</c>, <c>client</c>, ... behind this.</summary>
    public const string Identifiers = "https://sisote.example/fhir/sid/";

    /// <summary>Our codes: <c>role</c>, <c>purpose</c>, ... behind this.</summary>
    public const string Codes = "https://sisote.example/fhir/CodeSystem/";

    /// <summary>Code system of <see cref="AuditEvent.Outcome"/>.</summary>
    public const string OutcomeSystem = "http://terminology.hl7.org/CodeSystem/audit-event-outcome";

    /// <summary>Code system of <see cref="AuditEvent.Action"/>.</summary>
    public const string ActionSystem = "http://terminology.hl7.org/CodeSystem/audit-event-action";

    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string Lifecycle = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
    private const string Interaction = "http://hl7.org/fhir/restful-interaction";
    private const string Snomed = "http://snomed.info/sct";
    private const string EntityType = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private const string EntityRole = "http://terminology.hl7.org/CodeSystem/object-role";

    internal static AuditCoding Export { get; } = new(Dicom, "110106", "Export");

    internal static AuditCoding Import { get; } = new(Dicom, "110107", "Import");

    internal static AuditCoding SecurityAlert { get; } = new(Dicom, "110113", "Security Alert");

    internal static AuditCoding Query { get; } = new(Dicom, "110112", "Query");

    internal static AuditCoding PatientRecord { get; } = new(Dicom, "110110", "Patient Record");

    internal static AuditCoding SecurityConfiguration { get; } = new(Dicom, "110129", "Security Configuration");

    internal static AuditCoding LogUsed { get; } = new(Dicom, "110101", "Audit Log Used");

    internal static AuditCoding Disclose { get; } = new(Lifecycle, "disclose", "Disclose Record Lifecycle Event");

    internal static AuditCoding Access { get; } = new(Lifecycle, "access", "Access/View Record Lifecycle Event");

    internal static AuditCoding ConsentDecision { get; } = new("https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType", "AuthZ-Consent");

    internal static AuditCoding Create { get; } = new(Interaction, "create", "create");

    internal static AuditCoding Update { get; } = new(Interaction, "update", "update");

    internal static AuditCoding SourceAgent { get; } = new(Dicom, "110153", "Source Role ID");

    internal static AuditCoding RecipientAgent { get; } = new(Dicom, "110152", "Destination Role ID");

    internal static AuditCoding ClientApplication { get; } = new(Dicom, "110150", "Application");

    internal static AuditCoding Custodian { get; } = new(Snomed, "159541003");

    internal static AuditCoding Authorizer { get; } = new(Snomed, "429577009");

    internal static AuditCoding User { get; } = new("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP");

    internal static AuditCoding Author { get; } = new("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "AUT");

    internal static AuditCoding Organisation { get; } = new("http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PROV");

    internal static AuditCoding Subject { get; } = new("http://terminology.hl7.org/CodeSystem/v3-RoleClass", "PAT");

    internal static AuditCoding DecisionPoint { get; } = new("http://terminology.hl7.org/CodeSystem/extra-security-role-type", "authserver");

    internal static AuditCoding Person { get; } = new(EntityType, "1", "Person");

    internal static AuditCoding Thing { get; } = new(EntityType, "2", "System Object");

    internal static AuditCoding Consent { get; } = new("http://hl7.org/fhir/resource-types", "Consent", "Consent");

    internal static AuditCoding RequestId { get; } = new("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "XrequestId");

    internal static AuditCoding Patient { get; } = new(EntityRole, "1", "Patient");

    internal static AuditCoding Report { get; } = new(EntityRole, "3", "Report");

    internal static AuditCoding DomainResource { get; } = new(EntityRole, "4", "Domain Resource");

    internal static AuditCoding SecurityResource { get; } = new(EntityRole, "13", "Security Resource");

    /// <summary>A code of ours.</summary>
    internal static AuditCoding Own(string system, string code) => new(Codes + system, code);

    /// <summary>Something under an identifier of ours.</summary>
    internal static AuditReference Named(string type, string system, string value) => new(type, Identifiers + system, value);
}
