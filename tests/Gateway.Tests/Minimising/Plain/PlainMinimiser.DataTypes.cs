// The FHIR data types that are rebuilt instead of copied.
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Minimising;

namespace Sisote.Tests.Gateway.Minimising.Plain;

internal sealed partial class PlainMinimiser
{
    /// <summary>System and code as they came, the display from the catalogue; the source's display only where an item names it.</summary>
    private bool TryWriteCoding(ref Utf8JsonReader reader, MaskField field)
    {
        if (!TryReadMembers(ref reader, "system"u8, "code"u8, "display"u8, out var system, out var code, out var display)
            || !IsCode(code) || (system is not null && !IsAddress(system))
            || (field.Codings is { } accepted && (system is null || accepted.Find(system, code!) is null)))
        {
            return false;
        }

        output.Add((byte)'{');
        if (system is not null)
        {
            WriteMember("\"system\":"u8, system);
            output.Add((byte)',');
        }

        WriteMember("\"code\":"u8, code!);
        if (system is not null && labels.Find(Encoding.UTF8.GetBytes(system), Encoding.UTF8.GetBytes(code!)) is { HasLabel: true } known)
        {
            output.Add(",\"display\":"u8);
            output.Add(JsonSerializer.SerializeToUtf8Bytes((string?)System.Text.Json.Nodes.JsonNode.Parse(known.Json)!["display"], UnescapedJson.Options));
        }
        else if (field.KeepsDisplay && display is not null)
        {
            output.Add((byte)',');
            WriteMember("\"display\":"u8, display);
        }

        output.Add((byte)'}');
        return true;
    }

    /// <summary>A quantity leaves only with its coded unit: the text of a unit is free text, and a number without one misleads.</summary>
    private bool TryWriteQuantity(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        string? value = null, comparator = null, system = null, code = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "value" when reader.TokenType == JsonTokenType.Number:
                    value = Encoding.ASCII.GetString(reader.ValueSpan);
                    break;
                case "comparator" when reader.TokenType == JsonTokenType.String:
                    comparator = reader.GetString();
                    break;
                case "system" when reader.TokenType == JsonTokenType.String:
                    system = reader.GetString();
                    break;
                case "code" when reader.TokenType == JsonTokenType.String:
                    code = reader.GetString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value is not null && IsCode(code) && IsAddress(system) && (comparator is null or "<" or "<=" or ">" or ">=")
            && WriteQuantity(value, comparator, system!, code!);
    }

    private bool WriteQuantity(string value, string? comparator, string system, string code)
    {
        output.Add("{\"value\":"u8);
        output.Add(Encoding.ASCII.GetBytes(value));
        if (comparator is not null)
        {
            output.Add(",\"comparator\":\""u8);
            output.Add(Encoding.ASCII.GetBytes(comparator));
            output.Add((byte)'"');
        }

        output.Add((byte)',');
        WriteMember("\"system\":"u8, system);
        output.Add((byte)',');
        WriteMember("\"code\":"u8, code);
        output.Add((byte)'}');
        return true;
    }

    private bool TryWriteIdentifier(ref Utf8JsonReader reader, MaskField field)
    {
        var whole = reader;
        if (!TryReadMembers(ref reader, "system"u8, "value"u8, default, out var system, out var value, out _) || !IsInUse(whole)
            || system is null || string.IsNullOrEmpty(value) || field.IdentifierSystems!.Find(Encoding.UTF8.GetBytes(system)) is null)
        {
            return false;
        }

        output.Add((byte)'{');
        WriteMember("\"system\":"u8, system);
        output.Add((byte)',');
        WriteMember("\"value\":"u8, value);
        output.Add((byte)'}');
        return true;
    }

    private static bool IsInUse(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUse = reader.ValueTextEquals("use"u8);
            reader.Read();
            if (isUse)
            {
                return reader.TokenType == JsonTokenType.String && IsOrdinaryUse(reader.GetString());
            }

            reader.Skip();
        }

        return true;
    }

    private bool TryWriteLink(ref Utf8JsonReader reader, bool isSubject)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        var found = PlainReferences.Read(ref reader);
        if (isSubject || (found.Literal is { } literal && literal == clientReference))
        {
            output.Add("{\"reference\":\"Patient/handle\"}"u8);
            return true;
        }

        return false;
    }

    /// <summary>Reads up to three text members of an object and leaves the reader at its end; false where it is no object.</summary>
    private static bool TryReadMembers(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, out string? one, out string? two, out string? three)
    {
        (one, two, three) = (null, null, null);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = reader.ValueTextEquals(first) ? 1 : reader.ValueTextEquals(second) ? 2 : !third.IsEmpty && reader.ValueTextEquals(third) ? 3 : 0;
            reader.Read();
            var text = place > 0 && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            one = place == 1 ? text : one;
            two = place == 2 ? text : two;
            three = place == 3 ? text : three;
            reader.Skip();
        }

        return true;
    }

    private void WriteMember(ReadOnlySpan<byte> name, string text)
    {
        output.Add(name);
        output.Add(JsonSerializer.SerializeToUtf8Bytes(text, UnescapedJson.Options));
    }

    private static bool IsCode(string? text) => text is not null && PrimitiveShapes.IsCode(Encoding.UTF8.GetBytes(text));

    private static bool IsAddress(string? text) => text is not null && PrimitiveShapes.IsAddress(Encoding.UTF8.GetBytes(text));
}
