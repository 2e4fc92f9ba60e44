// Small pieces of CDA XML.
using System.Globalization;
using System.Xml.Linq;

namespace Sisote.Adapters.Cda;

/// <summary>Reads codes, identifiers and values; what is not understood is absent, never guessed.</summary>
internal static class CdaElements
{
    /// <summary>Namespace of HL7 version 3.</summary>
    public static readonly XNamespace Namespace = "urn:hl7-org:v3";

    private const int MaxText = 2000;
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string[] Statements = ["observation", "act", "substanceAdministration", "organizer", "procedure", "encounter", "supply", "observationMedia", "regionOfInterest"];

    /// <summary>Whether an element is a clinical statement.</summary>
    public static bool IsStatement(XName name) => name.Namespace == Namespace && Statements.Contains(name.LocalName);

    /// <summary>A code with its system, or null.</summary>
    public static CdaCode? ReadCode(XElement? element) =>
        element?.Attribute("nullFlavor") is null
        && element?.Attribute("code")?.Value is { Length: > 0 and <= 100 } code
        && element.Attribute("codeSystem")?.Value is { Length: > 0 and <= 200 } system ? new CdaCode(system, code) : null;

    /// <summary>An identifier with root and extension, or null.</summary>
    public static CdaId? ReadId(XElement? element) =>
        element?.Attribute("root")?.Value is { Length: > 0 } root && element.Attribute("extension")?.Value is { Length: > 0 } extension ? new CdaId(root, extension) : null;

    /// <summary>A coded, physical or text value, or null.</summary>
    public static CdaValue? ReadValue(XElement? element) => TypeOf(element) switch
    {
        "CD" or "CE" or "CV" => ReadCode(element) is { } code ? new CdaValue.Coded(code) : null,
        "PQ" or "INT" => decimal.TryParse(element!.Attribute("value")?.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new CdaValue.Quantity(number, element.Attribute("unit")?.Value ?? "1")
            : null,
        "ST" => element!.HasElements || element.Value.Length > MaxText ? null : new CdaValue.Text(element.Value.Trim()),
        _ => null,
    };

    private static string? TypeOf(XElement? element) => element?.Attribute(Instance + "type")?.Value.Split(':')[^1];
}
