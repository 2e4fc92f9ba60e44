// Which text may stand where FHIR R4 expects a primitive value.
using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sisote.Gateway.Minimising;

/// <summary>Checks that a primitive has the shape that FHIR R4 gives it, so that no text hides where a code or date belongs.</summary>
internal static class PrimitiveShapes
{
    private const int LongestCode = 64;
    private const int LongestAddress = 255;
    private static readonly SearchValues<byte> Temporal = SearchValues.Create("0123456789-:.+TZ"u8);
    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);
    private static readonly SearchValues<byte> CodeBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+#%[]{}()*'^,!&|"u8);
    private static readonly SearchValues<byte> AddressBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+#%~?=&|"u8);

    /// <summary>Whether the value that the reader stands on fits its field.</summary>
    internal static bool Fits(ref Utf8JsonReader reader, MaskField field) => (field.Shape, reader.TokenType) switch
    {
        (PrimitiveShape.Boolean, JsonTokenType.True or JsonTokenType.False) => true,
        (PrimitiveShape.Number, JsonTokenType.Number) => true,
        (PrimitiveShape.Text, JsonTokenType.String) => reader.ValueSpan.Length > 0 && (field.MaximumLength is not { } longest || reader.GetString()!.Length <= longest),
        (_, JsonTokenType.String) when reader.ValueIsEscaped => FitsText(Encoding.UTF8.GetBytes(reader.GetString()!), field.Shape), // some writers escape even a plus sign
        (_, JsonTokenType.String) => FitsText(reader.ValueSpan, field.Shape),
        _ => false,
    };

    private static bool FitsText(ReadOnlySpan<byte> text, PrimitiveShape shape) => shape switch
    {
        PrimitiveShape.Code => IsCode(text),
        PrimitiveShape.Address => IsAddress(text),
        PrimitiveShape.Temporal => text.Length is > 0 and <= 40 && !text.ContainsAnyExcept(Temporal),
        PrimitiveShape.Base64 => text.Length > 0 && !text.ContainsAnyExcept(Base64),
        _ => false,
    };

    internal static bool IsCode(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestCode && !text.ContainsAnyExcept(CodeBytes);

    internal static bool IsAddress(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestAddress && !text.ContainsAnyExcept(AddressBytes);
}
