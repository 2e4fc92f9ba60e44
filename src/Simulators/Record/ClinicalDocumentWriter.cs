// Renders a document as the record's CDA R2 export does.
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Sisote.Simulators.People;

namespace Sisote.Simulators.Record;

/// <summary>Writes CDA R2 level 3: header with record target, and sections with narrative text and coded entries.</summary>
internal static class ClinicalDocumentWriter
{
    private static readonly XNamespace Cda = "urn:hl7-org:v3";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly XNamespace Finnish = "urn:hl7finland";

    /// <summary>The document as UTF-8 XML.</summary>
    public static byte[] Write(NativeDocument document, NativePatient patient, InventedPerson person)
    {
        var root = new XElement(Cda + "ClinicalDocument",
            new XAttribute(XNamespace.Xmlns + "xsi", Instance),
            new XAttribute(XNamespace.Xmlns + "hl7fi", Finnish),
            new XElement(Cda + "realmCode", new XAttribute("code", "FI")),
            new XElement(Cda + "typeId", new XAttribute("root", "2.16.840.1.113883.1.3"), new XAttribute("extension", "POCD_HD000040")),
            Id(RecordCodes.DocumentTypes + ".1", document.Id),
            Code("code", RecordCodes.DocumentTypes, document.Type, document.Title),
            new XElement(Cda + "title", document.Title),
            Time("effectiveTime", document.Time),
            new XElement(Cda + "confidentialityCode", new XAttribute("code", document.Special ? "V" : "R"), new XAttribute("codeSystem", "2.16.840.1.113883.5.25")),
            new XElement(Cda + "languageCode", new XAttribute("code", "fi")),
            RecordTarget(patient, person),
            Author(document),
            new XElement(Cda + "custodian", new XElement(Cda + "assignedCustodian", new XElement(Cda + "representedCustodianOrganization", Id("1.2.246.10.99999999.10", "0"), new XElement(Cda + "name", "Pohjois-Savon hyvinvointialue (keksitty)")))),
            new XElement(Finnish + "localHeader", new XElement(Finnish + "contactProtection", new XAttribute("value", person.Protected ? "true" : "false"))),
            new XElement(Cda + "component", new XElement(Cda + "structuredBody", document.Sections.Select(Section))));
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            root.Save(writer);
        }

        return bytes.ToArray();
    }

    private static XElement RecordTarget(NativePatient patient, InventedPerson person) => new(Cda + "recordTarget", new XElement(Cda + "patientRole",
        Id(RecordCodes.PersonId, person.Hetu),
        Id(RecordCodes.PatientNumber, patient.Number),
        new XElement(Cda + "addr", new XElement(Cda + "streetAddressLine", person.Street), new XElement(Cda + "postalCode", person.PostalCode), new XElement(Cda + "city", person.City)),
        new XElement(Cda + "telecom", new XAttribute("value", "tel:" + person.Phone)),
        new XElement(Cda + "telecom", new XAttribute("value", "mailto:" + person.Email)),
        new XElement(Cda + "patient",
            new XElement(Cda + "name", person.Given.Split(' ').Select(static given => new XElement(Cda + "given", given)), new XElement(Cda + "family", person.Family)),
            new XElement(Cda + "administrativeGenderCode", new XAttribute("code", person.Gender), new XAttribute("codeSystem", "2.16.840.1.113883.5.1")),
            Time("birthTime", person.BirthDate),
            new XElement(Cda + "languageCommunication", new XElement(Cda + "languageCode", new XAttribute("code", person.Language))))));

    private static XElement Author(NativeDocument document) => new(Cda + "author",
        Time("time", document.Time),
        new XElement(Cda + "assignedAuthor",
            Id("1.2.246.10.99999999.11", document.Author.Id),
            Code("code", "1.2.246.537.6.140", document.Author.Role, document.Author.Role),
            new XElement(Cda + "assignedPerson", new XElement(Cda + "name", document.Author.Name)),
            new XElement(Cda + "representedOrganization", new XElement(Cda + "name", document.Author.Organisation))));

    private static XElement Section(NativeSection section) => new(Cda + "component", new XElement(Cda + "section",
        Code("code", RecordCodes.Sections, section.Code, section.Title),
        new XElement(Cda + "title", section.Title),
        new XElement(Cda + "text", new XElement(Cda + "paragraph", section.Narrative)),
        section.Entries.Select(static entry => new XElement(Cda + "entry", Statement(entry)))));

    private static XElement Statement(NativeEntry entry) => new(Cda + Element(entry.Kind),
        new XAttribute("classCode", entry.Kind == "group" ? "CLUSTER" : entry.Kind == "medication" ? "SBADM" : "OBS"),
        new XAttribute("moodCode", "EVN"),
        entry.Number.Length > 0 ? Id("1.2.246.10.99999999.12", entry.Number) : null,
        entry.Kind == "medication" ? null : Code("code", entry.System, entry.Code, entry.Display),
        new XElement(Cda + "statusCode", new XAttribute("code", entry.Status)),
        Period(entry),
        Value(entry),
        entry.Kind == "medication"
            ? new XElement(Cda + "consumable", new XElement(Cda + "manufacturedProduct", new XElement(Cda + "manufacturedMaterial", Code("code", entry.System, entry.Code, entry.Display))))
            : null,
        entry.Parts.Select(static part => new XElement(Cda + "component", Statement(part))));

    private static string Element(string kind) => kind switch
    {
        "medication" => "substanceAdministration",
        "group" => "organizer",
        "act" => "act",
        _ => "observation",
    };

    private static XElement? Period(NativeEntry entry) => (entry.From, entry.To) switch
    {
        ({ Length: 0 }, { Length: 0 }) => null,
        ({ Length: > 0 }, { Length: 0 }) when entry.Status == "completed" => Time("effectiveTime", entry.From),
        _ => new XElement(Cda + "effectiveTime", entry.From.Length > 0 ? Time("low", entry.From) : null, entry.To.Length > 0 ? Time("high", entry.To) : null),
    };

    private static XElement? Value(NativeEntry entry) => entry switch
    {
        { Quantity.Length: > 0 } => new XElement(Cda + "value", new XAttribute(Instance + "type", "PQ"), new XAttribute("value", entry.Quantity), new XAttribute("unit", entry.Unit)),
        { Text.Length: > 0 } => new XElement(Cda + "value", new XAttribute(Instance + "type", "ST"), entry.Text),
        _ => null,
    };

    private static XElement Id(string root, string extension) => new(Cda + "id", new XAttribute("root", root), new XAttribute("extension", extension));

    private static XElement Code(string name, string system, string code, string display) =>
        new(Cda + name, new XAttribute("code", code), new XAttribute("codeSystem", system), new XAttribute("displayName", display));

    private static XElement Time(string name, string time) => new(Cda + name, new XAttribute("value", Hl7Time(time)));

    private static string Hl7Time(string time) => time.Length == 10
        ? time.Replace("-", string.Empty, StringComparison.Ordinal)
        : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal);
}
