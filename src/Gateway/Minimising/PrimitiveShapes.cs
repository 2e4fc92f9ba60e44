// Which text may stand where FHIR R4 expects a primitive value.
using System.Runtime.Intrinsics;
using System.Text;

namespace Sisote.Gateway.Minimising;

/// <summary>Checks that a primitive has the shape that FHIR R4 gives it, so that no text hides where a code or date belongs.</summary>
internal static class PrimitiveShapes
{
    private const int LongestCode = 64;
    private const int LongestAddress = 255;
    private const int LongestTime = 18;
    private static readonly AsciiSet Base64 = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);
    private static readonly AsciiSet CodeBytes = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+#%[]{}()*'^,!&|"u8);
    private static readonly AsciiSet AddressBytes = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+#%~?=&|"u8);

    /// <summary>Whether a value fits its field.</summary>
    internal static bool Fits(SoundJson json, int row, MaskField field) => (field.Shape, json.KindOf(row)) switch
    {
        (PrimitiveShape.Boolean, JsonKind.True or JsonKind.False) => true,
        (PrimitiveShape.Number, JsonKind.Number) => true,
        (PrimitiveShape.Text, JsonKind.Text or JsonKind.EscapedText) => json.Raw(row).Length > 0 && (field.MaximumLength is not { } longest || Encoding.UTF8.GetCharCount(json.Say(row)) <= longest),
        (_, JsonKind.Text or JsonKind.EscapedText) => FitsText(json.Say(row), field.Shape), // some writers escape even a plus sign
        _ => false,
    };

    private static bool FitsText(ReadOnlySpan<byte> text, PrimitiveShape shape) => shape switch
    {
        PrimitiveShape.Code => IsCode(text),
        PrimitiveShape.Address => IsAddress(text),
        PrimitiveShape.Temporal => IsTemporal(text),
        PrimitiveShape.Base64 => text.Length > 0 && Base64.HoldsAll(text),
        _ => false,
    };

    internal static bool IsCode(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestCode && CodeBytes.HoldsAll(text);

    internal static bool IsAddress(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestAddress && AddressBytes.HoldsAll(text);

    /// <summary>A FHIR R4 date, dateTime, instant or time: the same characters in another order would be room for a telephone number or an identifier.</summary>
    private static bool IsTemporal(ReadOnlySpan<byte> text) => text.Length switch
    {
        4 => LooksLike(text, "0000"u8),
        7 => LooksLike(text, "0000-00"u8),
        8 => LooksLike(text, "00:00:00"u8),
        10 => LooksLike(text, "0000-00-00"u8) || IsTime(text),
        20 => LooksLike(text, "0000-00-00T00:00:00Z"u8),
        25 when LooksLike(text, "0000-00-00T00:00:00+00:00"u8) => true,
        >= 11 => IsTime(text) || (LooksLike(text[..11], "0000-00-00T"u8) && IsTime(WithoutZone(text[11..]))),
        _ => false,
    };

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
    private static bool LooksLike(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern) =>
        text.Length == pattern.Length && LooksLike(AsciiSet.Ends(text), AsciiSet.Ends(pattern)) && (text.Length <= 16 || LooksLike(AsciiSet.Ends(text[^16..]), AsciiSet.Ends(pattern[^16..])));

    private static bool LooksLike(Vector128<byte> text, Vector128<byte> pattern)
    {
        var isZero = Vector128.Equals(pattern, Vector128.Create((byte)'0'));
        return Vector128.LessThanOrEqualAll(text - pattern, isZero & Vector128.Create((byte)9));
    }
}
