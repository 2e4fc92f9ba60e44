// Makes a FHIR Patient of a document's record target.
using System.Globalization;
using Hl7.Fhir.Model;
using Sisote.Adapters.Cda;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.PatientRecord;

/// <summary>Maps identity, contact data and language. Where the record does not say that contact data is open, the Patient is marked as protected.</summary>
internal static class PatientMapper
{
    private const string SecuritySystem = "https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs";
    private const string LanguageSystem = "urn:ietf:bcp:47";

    /// <summary>The Patient.</summary>
    public static Patient Map(CdaPatient patient, Hetu client, string? id) => new()
    {
        Id = id,
        Meta = patient.Protected == false ? null : new Meta { Security = [new Coding(SecuritySystem, "TURVAKIELTO")] },
        Identifier = [new Identifier(Hetu.System, client.Reveal()) { Use = Identifier.IdentifierUse.Official }],
        Active = true,
        Name = patient is { Family: null, Given.IsEmpty: true, WrittenName: null } ? [] : [new HumanName { Use = HumanName.NameUse.Official, Family = patient.Family, Given = patient.Given, Text = patient.WrittenName }],
        Gender = patient.Gender switch
        {
            "M" => AdministrativeGender.Male,
            "F" => AdministrativeGender.Female,
            _ => null,
        },
        BirthDate = (patient.BirthDate ?? client.BirthDate).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Telecom = [.. patient.Telecom.Select(MapTelecom).OfType<ContactPoint>()],
        Address = patient.Address is not { } address ? [] : [new Address { Line = address.Lines, PostalCode = address.PostalCode, City = address.City }],
        Communication = patient.Language is { } language
            ? [new Patient.CommunicationComponent { Language = new CodeableConcept(LanguageSystem, language), Preferred = true }]
            : [],
    };

    private static ContactPoint? MapTelecom(string value) => value switch
    {
        ['t', 'e', 'l', ':', .. { Length: > 0 } number] => new ContactPoint(ContactPoint.ContactPointSystem.Phone, null, number),
        ['m', 'a', 'i', 'l', 't', 'o', ':', .. { Length: > 0 } address] => new ContactPoint(ContactPoint.ContactPointSystem.Email, null, address),
        _ => null,
    };
}
