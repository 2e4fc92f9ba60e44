// Reads clinical documents.
using System.Collections.Immutable;
using System.Xml.Linq;

namespace Sisote.Adapters.Cda;

/// <summary>Reads a CDA R2 document: the header, and the coded entries of the sections whose codes are allowed. Everything else stays unread.</summary>
internal static class CdaReader
{
    private static readonly XNamespace Cda = CdaElements.Namespace;

    /// <summary>The document, or null where the bytes are no CDA document with a record target.</summary>
    /// <param name="bytes">XML.</param>
    /// <param name="sections">Codes of the sections to read.</param>
    public static CdaDocument? Read(byte[] bytes, IReadOnlySet<CdaCode> sections)
    {
        if (CdaXml.Parse(bytes)?.Root is not { } root || root.Name != Cda + "ClinicalDocument"
            || CdaElements.ReadCode(root.Element(Cda + "code")) is not { } type
            || CdaPatientReader.Read(root) is not { } patient)
        {
            return null;
        }

        return new CdaDocument
        {
            Type = type,
            Time = CdaTime.Read(root.Element(Cda + "effectiveTime")?.Attribute("value")?.Value),
            Patient = patient,
            Author = ReadAuthor(root.Element(Cda + "author")?.Element(Cda + "assignedAuthor")),
            Entries = ReadEntries(root, sections),
        };
    }

    private static CdaAuthor? ReadAuthor(XElement? author) => author is null ? null : new CdaAuthor(
        CdaElements.ReadId(author.Element(Cda + "id")),
        author.Element(Cda + "representedOrganization")?.Element(Cda + "name")?.Value.Trim());

    private static ImmutableArray<CdaEntry> ReadEntries(XElement root, IReadOnlySet<CdaCode> allowed)
    {
        var entries = ImmutableArray.CreateBuilder<CdaEntry>();
        var place = 0;
        foreach (var section in root.Elements(Cda + "component").Elements(Cda + "structuredBody").Descendants(Cda + "section"))
        {
            var code = CdaElements.ReadCode(section.Element(Cda + "code"));
            foreach (var entry in section.Elements(Cda + "entry"))
            {
                place++;
                if (code is not null && allowed.Contains(code) && ReadEntry(entry, code, $"n{place}") is { } read)
                {
                    entries.Add(read);
                }
            }
        }

        return entries.ToImmutable();
    }

    private static CdaEntry? ReadEntry(XElement holder, CdaCode section, string place)
    {
        var statement = holder.Elements().FirstOrDefault(static element => CdaElements.IsStatement(element.Name));
        if (statement is null || statement.Attribute("nullFlavor") is not null || statement.Attribute("negationInd")?.Value is "true" or "1"
            || CdaElements.ReadCode(SubjectOf(statement)) is not { } code)
        {
            return null; // a negated or empty statement says the opposite of its code
        }

        var time = statement.Element(Cda + "effectiveTime");
        return new CdaEntry
        {
            Section = section,
            Number = NumberOf(statement) ?? place,
            Code = code,
            Status = statement.Element(Cda + "statusCode")?.Attribute("code")?.Value,
            From = CdaTime.Read(time?.Attribute("value")?.Value ?? time?.Element(Cda + "low")?.Attribute("value")?.Value),
            To = CdaTime.Read(time?.Element(Cda + "high")?.Attribute("value")?.Value),
            Value = CdaElements.ReadValue(statement.Element(Cda + "value")),
            Parts = [.. statement.Elements(Cda + "component").Select((part, index) => ReadEntry(part, section, $"{place}-{index}")).OfType<CdaEntry>()],
        };
    }

    private static XElement? SubjectOf(XElement statement) => statement.Name == Cda + "substanceAdministration"
        ? statement.Element(Cda + "consumable")?.Element(Cda + "manufacturedProduct")?.Element(Cda + "manufacturedMaterial")?.Element(Cda + "code")
        : statement.Element(Cda + "code");

    private static string? NumberOf(XElement statement) =>
        statement.Element(Cda + "id")?.Attribute("extension")?.Value is { Length: > 0 and <= 4 } number && number.All(char.IsAsciiDigit) ? number : null;
}
