// Which text of the catalogue decided.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Catalogues;

/// <summary>SHA-256 over the canonical form of the catalogue, 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct CatalogueVersion
{
    private readonly string? value;

    private CatalogueVersion(string value) => this.value = value;

    /// <summary>The digest as text.</summary>
    public string Value => value ?? string.Empty;

    /// <summary>Reads a version.</summary>
    /// <exception cref="FormatException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static CatalogueVersion Parse(string text) =>
        text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower)
            ? new CatalogueVersion(text)
            : throw new FormatException("A catalogue version is 64 lower-case hexadecimal digits.");

    /// <inheritdoc />
    public override string ToString() => Value;

    private sealed class Converter : JsonConverter<CatalogueVersion>
    {
        public override CatalogueVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { Length: 64 } text && text.All(char.IsAsciiHexDigitLower) ? new CatalogueVersion(text) : throw new JsonException("Not a catalogue version.");

        public override void Write(Utf8JsonWriter writer, CatalogueVersion value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
