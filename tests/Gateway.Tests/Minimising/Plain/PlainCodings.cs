// Finds codings wherever they stand below an element.
using System.Text.Json;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>Reads the codings below one element, each with its element path (a CodeableConcept's <c>coding</c> is not part of the path).</summary>
internal static class PlainCodings
{
    /// <summary>Reads from the element's value on; the reader is a copy, the caller's stays where it is.</summary>
    internal static List<(string Path, string System, string Code)> Read(Utf8JsonReader reader, string element)
    {
        var found = new List<(string, string, string)>();
        Walk(ref reader, element, found);
        return found;
    }

    private static void Walk(ref Utf8JsonReader reader, string path, List<(string, string, string)> found)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Walk(ref reader, path, found);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            WalkObject(ref reader, path, found);
        }
    }

    private static void WalkObject(ref Utf8JsonReader reader, string path, List<(string, string, string)> found)
    {
        var (system, code) = (string.Empty, string.Empty);
        var isCoding = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "system" when reader.TokenType == JsonTokenType.String:
                    system = reader.GetString()!;
                    isCoding = true;
                    break;
                case "code" when reader.TokenType == JsonTokenType.String:
                    code = reader.GetString()!;
                    isCoding = true;
                    break;
                case "display":
                    isCoding = true;
                    reader.Skip();
                    break;
                default:
                    Walk(ref reader, name == "coding" ? path : $"{path}.{name}", found);
                    break;
            }
        }

        if (isCoding)
        {
            found.Add((path, system, code));
        }
    }
}
