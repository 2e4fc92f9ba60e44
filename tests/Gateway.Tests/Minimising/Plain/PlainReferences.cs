// Reads references and identifiers.
using System.Text.Json;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>Reads one Reference or Identifier object; a value of another shape reads as nothing.</summary>
internal static class PlainReferences
{
    /// <summary>Reads the object that the reader stands on and leaves it at the object's end.</summary>
    internal static PlainReference Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        string? literal = null;
        (string? System, string? Value) identifier = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isReference, isIdentifier) = (reader.ValueTextEquals("reference"u8), reader.ValueTextEquals("identifier"u8));
            reader.Read();
            if (isReference && reader.TokenType == JsonTokenType.String)
            {
                literal = reader.GetString();
            }
            else if (isIdentifier && reader.TokenType == JsonTokenType.StartObject)
            {
                identifier = ReadIdentifier(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new PlainReference(literal, identifier.System, identifier.Value);
    }

    /// <summary>Reads the identifier that the reader stands on and leaves it at the object's end.</summary>
    internal static (string? System, string? Value) ReadIdentifier(ref Utf8JsonReader reader)
    {
        (string? System, string? Value) found = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isSystem, isValue) = (reader.ValueTextEquals("system"u8), reader.ValueTextEquals("value"u8));
            reader.Read();
            if (isSystem && reader.TokenType == JsonTokenType.String)
            {
                found.System = reader.GetString();
            }
            else if (isValue && reader.TokenType == JsonTokenType.String)
            {
                found.Value = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }
}

/// <summary>A reference as it was found.</summary>
internal readonly record struct PlainReference(string? Literal, string? IdentifierSystem, string? IdentifierValue);
