// Which text may stand where FHIR R4 expects a primitive value.
using System.Buffers;
using System.Text;
using System.Text.Json;
using Sisote.Gateway.Minimising;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>Checks that a primitive has the shape that FHIR R4 gives it, so that no text hides where a code or date belongs.</summary>
internal static class PlainShapes
{
    private const int LongestCode = 64;
    private const int LongestAddress = 255;
    private const int LongestTime = 18;
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
        PrimitiveShape.Temporal => IsTemporal(text),
        PrimitiveShape.Base64 => text.Length > 0 && !text.ContainsAnyExcept(Base64),
        _ => false,
    };

    internal static bool IsCode(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestCode && !text.ContainsAnyExcept(CodeBytes);

    internal static bool IsAddress(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestAddress && !text.ContainsAnyExcept(AddressBytes);

    /// <summary>A FHIR R4 date, dateTime, instant or time: the same characters in another order would be room for a telephone number or an identifier.</summary>
    private static bool IsTemporal(ReadOnlySpan<byte> text) => text.Length <= 10
        ? LooksLike(text, "0000"u8) || LooksLike(text, "0000-00"u8) || LooksLike(text, "0000-00-00"u8) || IsTime(text)
        : IsTime(text) || (LooksLike(text[..11], "0000-00-00T"u8) && IsTime(WithoutZone(text[11..])));

    private static bool IsTime(ReadOnlySpan<byte> text) =>
        text.Length is >= 8 and <= LongestTime && LooksLike(text[..8], "00:00:00"u8)
        && (text.Length == 8 || (text.Length > 9 && text[8] == '.' && !text[9..].ContainsAnyExceptInRange((byte)'0', (byte)'9')));

    /// <summary>The time before its zone; nothing where there is no zone, which a time on a day must have.</summary>
    private static ReadOnlySpan<byte> WithoutZone(ReadOnlySpan<byte> text) => text switch
    {
        [.. var time, (byte)'Z'] => time,
        { Length: > 6 } when LooksLike(text[^6..], "+00:00"u8) || LooksLike(text[^6..], "-00:00"u8) => text[..^6],
        _ => default,
    };

    /// <summary>Whether a text has a digit wherever the pattern has a zero, and is the pattern elsewhere.</summary>
    private static bool LooksLike(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        var fits = text.Length == pattern.Length;
        for (var i = 0; fits && i < text.Length; i++)
        {
            fits = pattern[i] == '0' ? char.IsAsciiDigit((char)text[i]) : text[i] == pattern[i];
        }

        return fits;
    }
}
