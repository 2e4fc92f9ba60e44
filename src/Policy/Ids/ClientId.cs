// The pseudonymous key of the person whose data it is.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Policy.Ids;

/// <summary>
/// The key of one client: 32 lower-case hexadecimal digits, a keyed pseudonym of the national identifier
/// (made by the consent service alone, see its ClientKeys).
/// </summary>
/// <remarks>
/// It stands in the log and between rooms, never at a public door: recipients see handles.
/// <see cref="ToString"/> hides it, so that it does not slip into diagnostics; <see cref="Reveal"/> is the only way out.
/// </remarks>
[JsonConverter(typeof(ClientIdJsonConverter))]
public readonly record struct ClientId
{
    private readonly string? value;

    private ClientId(string value) => this.value = value;

    /// <summary>Whether this is a real key and not the default value.</summary>
    public bool IsKnown => value is not null;

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">The text is not 32 lower-case hexadecimal digits.</exception>
    public static ClientId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A client key is 32 lower-case hexadecimal digits.");

    /// <summary>Reads a key; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ClientId id)
    {
        var valid = text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower) ;
        id = valid ? new ClientId(text!) : default;
        return valid;
    }

    /// <summary>The key itself; for storage, the log record and the wire between rooms only.</summary>
    public string Reveal() => value ?? throw new InvalidOperationException("The default client id has no value.");

    /// <summary>Always <c>client:***</c>.</summary>
    public override string ToString() => "client:***";

    private sealed class ClientIdJsonConverter : JsonConverter<ClientId>
    {
        public override ClientId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var id)
                ? id
                : throw new JsonException("Not a client key.");

        public override void Write(Utf8JsonWriter writer, ClientId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Reveal());
    }
}
