// Finds the resources in a source's answer.
using System.Text.Json;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Forwarding;

/// <summary>Takes the resources out of a searchset Bundle: entries that match, of the type asked for, and nothing else that a Bundle can hold.</summary>
internal static class SearchsetReader
{
    /// <summary>The matching resources of a type; null where the text is no searchset Bundle. It has passed <see cref="StrictJson"/>.</summary>
    internal static List<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> json, string type)
    {
        var reader = new Utf8JsonReader(json.Span, StrictJson.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var resources = new List<ReadOnlyMemory<byte>>();
        var (isBundle, isSearchset) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "resourceType":
                    isBundle = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Bundle"u8);
                    break;
                case "type":
                    isSearchset = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("searchset"u8);
                    break;
                case "entry" when reader.TokenType == JsonTokenType.StartArray:
                    ReadEntries(ref reader, json, type, resources);
                    continue;
            }

            reader.Skip();
        }

        return isBundle && isSearchset ? resources : null;
    }

    private static void ReadEntries(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, string type, List<ReadOnlyMemory<byte>> resources)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject && ReadEntry(ref reader, json) is { } resource && ResourceIndex.TypeOf(resource.Span) == type)
            {
                resources.Add(resource);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static ReadOnlyMemory<byte>? ReadEntry(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        ReadOnlyMemory<byte>? resource = null;
        var matches = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (name == "search" && reader.TokenType == JsonTokenType.StartObject)
            {
                matches = ReadMode(ref reader) is null or "match";
                continue;
            }

            var isResource = name == "resource" && reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            resource = isResource ? json[start..(int)reader.BytesConsumed] : resource;
        }

        return matches ? resource : null;
    }

    private static string? ReadMode(ref Utf8JsonReader reader)
    {
        string? mode = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMode = reader.ValueTextEquals("mode"u8);
            reader.Read();
            mode = isMode && reader.TokenType == JsonTokenType.String ? reader.GetString() : mode;
            reader.Skip();
        }

        return mode;
    }
}
