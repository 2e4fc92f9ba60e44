// Addresses and codes that FHIR Consents are written in.
using Sisote.DisclosureLog.Audit;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Fhir;

/// <summary>Code systems of HL7 as IHE PCF uses them, and our own, whose codes are those of the catalogue.</summary>
internal static class ConsentCodes
{
    public const string Items = AuditCodes.Codes + "data-item";
    public const string Forms = AuditCodes.Codes + "consent-form";
    public const string Purposes = AuditCodes.Codes + "purpose";
    public const string Sectors = AuditCodes.Codes + "sector";
    public const string Roles = AuditCodes.Codes + "role";
    public const string Ways = AuditCodes.Codes + "consent-way";
    public const string Givers = AuditCodes.Codes + "consent-giver";
    public const string Ends = AuditCodes.Codes + "consent-end";

    public const string Consents = AuditCodes.Identifiers + "consent";
    public const string Organisations = AuditCodes.Identifiers + "organisation";
    public const string Systems = AuditCodes.Identifiers + "system";

    /// <summary>Extension: how a consent was given, by whom, and what stands behind it. It changes nothing of what the consent opens.</summary>
    public const string Evidence = "https://sisote.example/fhir/StructureDefinition/consent-evidence";

    /// <summary>Modifier extension of the provision: the consent ends with a relationship on record.</summary>
    public const string Case = "https://sisote.example/fhir/StructureDefinition/consent-case";

    public const string Scope = "http://terminology.hl7.org/CodeSystem/consentscope";
    public const string Privacy = "patient-privacy";
    public const string Loinc = "http://loinc.org";
    public const string PatientConsent = "59284-0";
    public const string Participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    public const string Recipient = "IRCP";

    /// <summary>Identifier system of an organisation's professionals.</summary>
    public static string ProfessionalsOf(OrganisationId organisation) => $"{AuditCodes.Identifiers}professional/{organisation.Value}";

    /// <summary>The policy that a form of consent follows, as an address.</summary>
    public static string PolicyOf(string form) => $"{Forms}/{form}";
}
