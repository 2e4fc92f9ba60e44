// Reads the record target.
using System.Collections.Immutable;
using System.Xml.Linq;

namespace Sisote.Adapters.Cda;

/// <summary>Reads whom a document is about. A document about nobody or about several is none that this room takes.</summary>
internal static class CdaPatientReader
{
    private static readonly XNamespace Cda = CdaElements.Namespace;
    private static readonly XNamespace Finnish = "urn:hl7finland";

    /// <summary>The patient, or null.</summary>
    public static CdaPatient? Read(XElement document)
    {
        if (document.Elements(Cda + "recordTarget").ToList() is not [var target] || target.Element(Cda + "patientRole") is not { } role)
        {
            return null;
        }

        var person = role.Element(Cda + "patient");
        var name = person?.Element(Cda + "name");
        var birth = CdaTime.Read(person?.Element(Cda + "birthTime")?.Attribute("value")?.Value);
        return new CdaPatient
        {
            Ids = [.. role.Elements(Cda + "id").Select(CdaElements.ReadId).OfType<CdaId>()],
            Family = Text(name?.Element(Cda + "family")),
            Given = Texts(name, "given"),
            WrittenName = name?.HasElements == false ? Text(name) : null,
            Gender = person?.Element(Cda + "administrativeGenderCode")?.Attribute("code")?.Value,
            BirthDate = birth is { } time ? DateOnly.FromDateTime(time.DateTime) : null,
            Address = role.Element(Cda + "addr") is { } address
                ? new CdaAddress(Texts(address, "streetAddressLine"), Text(address.Element(Cda + "postalCode")), Text(address.Element(Cda + "city")))
                : null,
            Telecom = [.. role.Elements(Cda + "telecom").Select(static telecom => telecom.Attribute("value")?.Value).OfType<string>()],
            Language = person?.Element(Cda + "languageCommunication")?.Element(Cda + "languageCode")?.Attribute("code")?.Value,
            Protected = ReadProtection(document),
        };
    }

    private static bool? ReadProtection(XElement document) =>
        document.Element(Finnish + "localHeader")?.Element(Finnish + "contactProtection")?.Attribute("value")?.Value switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    private static ImmutableArray<string> Texts(XElement? parent, string name) =>
        [.. parent?.Elements(Cda + name).Select(Text).OfType<string>() ?? []];

    private static string? Text(XElement? element) => element?.Value.Trim() is { Length: > 0 } text ? text : null;
}
