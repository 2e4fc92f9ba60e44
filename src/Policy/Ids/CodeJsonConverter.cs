// Codes travel in JSON as plain strings, also as keys of objects.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>Writes a code as a JSON string and reads it back; a malformed code is a <see cref="JsonException"/>.</summary>
/// <typeparam name="TCode">The identifier.</typeparam>
public sealed class CodeJsonConverter<TCode> : JsonConverter<TCode>
    where TCode : struct, ICode<TCode>
{
    /// <inheritdoc />
    public override TCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TCode.TryParse(reader.GetString(), out var code)
            ? code
            : throw new JsonException($"Not a {typeof(TCode).Name}.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TCode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc />
    public override TCode ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TCode.TryParse(reader.GetString(), out var code) ? code : throw new JsonException($"Not a {typeof(TCode).Name}.");

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TCode value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
