// Reads XML that somebody else wrote.
using System.Xml;
using System.Xml.Linq;

namespace Sisote.Adapters.Cda;

/// <summary>XML without document types, entities or outside references, within bounds of size and depth.</summary>
internal static class CdaXml
{
    /// <summary>Largest document in characters.</summary>
    public const int MaxCharacters = 8 * 1024 * 1024;

    private const int MaxDepth = 60;

    /// <summary>The document, or null where it is no well-formed XML within the bounds.</summary>
    public static XDocument? Parse(byte[] bytes)
    {
        if (bytes.Length > MaxCharacters)
        {
            return null;
        }

        try
        {
            return IsShallow(bytes) ? Load(bytes) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsShallow(byte[] bytes)
    {
        using var reader = Open(bytes);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                return false;
            }
        }

        return true;
    }

    private static XDocument Load(byte[] bytes)
    {
        using var reader = Open(bytes);
        return XDocument.Load(reader);
    }

    private static XmlReader Open(byte[] bytes) => XmlReader.Create(new MemoryStream(bytes, writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    });
}
