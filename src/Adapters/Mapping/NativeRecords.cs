// Reads a product's JSON, XML or CSV into records of one shape.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Mapping;

/// <summary>Records as trees: objects by field name, lists, and single values. An XML attribute is a field <c>@name</c>, text beside attributes or elements the field <c>#</c>; every cell of CSV is text.</summary>
internal static class NativeRecords
{
    private const int DeepestField = 16;
    private const int MostTokens = 10_000_000;

    private static readonly XmlReaderSettings Xml = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 8 * 1024 * 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The whole of what a product wrote.</summary>
    /// <exception cref="NativeFaultException">Not of the agreed format or characters.</exception>
    public static JsonNode Read(byte[] content, NativeFormat format)
    {
        try
        {
            return format.Kind switch
            {
                "xml" => ReadXml(content, format),
                "csv" => ReadCsv(Decode(content, format), format.Delimiter),
                _ => ReadJson(Decode(content, format)),
            };
        }
        catch (Exception fault) when (fault is JsonException or XmlException or DecoderFallbackException)
        {
            throw new NativeFaultException(NativeFault.Unreadable, $"not {format.Kind.ToUpperInvariant()} in {format.Encoding}", fault);
        }
        catch (CsvFaultException fault)
        {
            throw new NativeFaultException(NativeFault.Unreadable, $"no CSV in row {fault.Row}: {fault.Message}", fault);
        }
    }

    /// <summary>The records of one kind in what was read.</summary>
    /// <exception cref="NativeFaultException">There are no such rows, or one is no object.</exception>
    public static ImmutableArray<JsonObject> Rows(JsonNode root, string path, NativeFormat format)
    {
        var (found, above) = ((JsonNode?)root, (JsonNode?)null);
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            (found, above) = (found is JsonObject at ? at[name] : null, found);
        }

        return found switch
        {
            null when format.Kind == "xml" && IsEmpty(above) => [], // a list of XML without any item is not seen
            JsonArray { Count: > CsvText.MostRows } => throw new NativeFaultException(NativeFault.Unreadable, "more rows than the adapter reads"),
            JsonArray rows when rows.All(static row => row is JsonObject) => [.. rows.Select(static row => (JsonObject)row!)],
            JsonObject row => [row],
            _ => throw new NativeFaultException(NativeFault.Unreadable, "no rows where they were agreed"),
        };
    }

    /// <summary>Whether an XML element has nothing in it, attributes aside: an element of another name than the agreed one is no empty list.</summary>
    private static bool IsEmpty(JsonNode? above) => above switch
    {
        JsonObject element => element.All(static member => member.Key.StartsWith('@')),
        JsonValue => FhirJson.Text(above) is "",
        _ => false,
    };

    private static JsonNode ReadJson(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var look = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestField });
        for (var tokens = 0; look.Read();)
        {
            if (++tokens > MostTokens)
            {
                throw new NativeFaultException(NativeFault.Unreadable, "more fields than the adapter reads");
            }

            CheckText(ref look);
        }

        return JsonNode.Parse(bytes, null, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = DeepestField }) ?? throw new NativeFaultException(NativeFault.Unreadable, "an empty answer");
    }

    /// <summary>Half a surrogate can be written with an escape, and is no text that anybody could pass on.</summary>
    private static void CheckText(ref Utf8JsonReader look)
    {
        if (look.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !look.ValueIsEscaped)
        {
            return;
        }

        try
        {
            _ = look.GetString();
        }
        catch (InvalidOperationException fault)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "a text that is no Unicode", fault);
        }
    }

    /// <summary>The text of bytes in the agreed characters.</summary>
    public static string Decode(byte[] content, NativeFormat format)
    {
        var bytes = content.AsSpan();
        return format.Encoding == "iso-8859-1" ? Encoding.Latin1.GetString(bytes)
            : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
    }

    private static JsonArray ReadCsv(string text, char delimiter)
    {
        var rows = CsvText.Read(text, delimiter);
        if (rows.IsEmpty || rows[0].Any(static name => name.Length == 0) || rows[0].Distinct(StringComparer.Ordinal).Count() != rows[0].Length)
        {
            throw new NativeFaultException(NativeFault.Unreadable, "no header, or a column that is nameless or there twice");
        }

        return [.. rows.Skip(1).Select(cells => (JsonNode)new JsonObject(rows[0].Zip(cells, static (name, cell) => KeyValuePair.Create(name, (JsonNode?)JsonValue.Create(cell)))))];
    }

    private static JsonObject ReadXml(byte[] content, NativeFormat format)
    {
        var text = Decode(content, format); // the declaration does not get to choose the characters
        using (var look = XmlReader.Create(new StringReader(text), Xml))
        {
            while (look.Read())
            {
                if (look.Depth > DeepestField)
                {
                    throw new NativeFaultException(NativeFault.Unreadable, "deeper than a record is");
                }
            }
        }

        using var reader = XmlReader.Create(new StringReader(text), Xml);
        var root = XElement.Load(reader);
        if (root.DescendantsAndSelf().Any(element => element.Name.NamespaceName != format.Namespace))
        {
            throw new NativeFaultException(NativeFault.Unreadable, "an element of another namespace than the agreed one");
        }

        return new JsonObject { [root.Name.LocalName] = ToNode(root) };
    }

    private static JsonNode ToNode(XElement element)
    {
        var attributes = element.Attributes().Where(static attribute => !attribute.IsNamespaceDeclaration).ToList();
        if (attributes.Count == 0 && !element.HasElements)
        {
            return JsonValue.Create(element.Value.Trim());
        }

        var made = new JsonObject();
        foreach (var attribute in attributes)
        {
            made["@" + attribute.Name.LocalName] = attribute.Value;
        }

        foreach (var group in element.Elements().GroupBy(static child => child.Name.LocalName))
        {
            made[group.Key] = group.Count() == 1 ? ToNode(group.First()) : new JsonArray([.. group.Select(ToNode)]);
        }

        var own = string.Concat(element.Nodes().OfType<XText>().Select(static text => text.Value)).Trim();
        if (own.Length > 0)
        {
            made["#"] = own;
        }

        return made;
    }
}
