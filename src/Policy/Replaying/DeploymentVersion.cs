// Which narrowing of the law decided.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Replaying;

/// <summary>SHA-256 over the part of a deployment that narrows decisions, 64 lower-case hexadecimal digits. See <see cref="DeploymentNarrowing"/>.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct DeploymentVersion
{
    private readonly string? value;

    private DeploymentVersion(string value) => this.value = value;

    /// <summary>The digest as text.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default deployment version has no value.");

    /// <summary>Reads a version.</summary>
    /// <exception cref="FormatException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static DeploymentVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException("A deployment version is 64 lower-case hexadecimal digits.");

    /// <summary>Reads a version; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeploymentVersion version)
    {
        var valid = text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
        version = valid ? new DeploymentVersion(text!) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => value ?? string.Empty;

    private sealed class Converter : JsonConverter<DeploymentVersion>
    {
        public override DeploymentVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var version) ? version : throw new JsonException("Not a deployment version.");

        public override void Write(Utf8JsonWriter writer, DeploymentVersion value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
