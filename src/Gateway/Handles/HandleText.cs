// 48 bytes as the 64 characters that a FHIR id may have.
using System.Buffers;
using System.Buffers.Text;

namespace Sisote.Gateway.Handles;

/// <summary>Base64url with <c>.</c> in place of <c>_</c>: exactly the characters of a FHIR R4 id.</summary>
internal static class HandleText
{
    internal const int Length = 64;
    internal const int Bytes = 48;

    /// <summary>Tells handles apart. They look random from the first character on, so those few are hash enough.</summary>
    internal static readonly IEqualityComparer<string> Comparer = EqualityComparer<string>.Create(
        static (one, other) => string.Equals(one, other, StringComparison.Ordinal), static handle => Start(handle).GetHashCode());

    /// <summary>The first four characters as a number that sorts as they do.</summary>
    internal static ulong Start(string text) =>
        text.Length >= 4 ? (ulong)text[0] << 48 | (ulong)text[1] << 32 | (ulong)text[2] << 16 | text[3]
        : text.Aggregate(0UL, static (start, letter) => start << 16 | letter) << (16 * (4 - text.Length) % 64);

    internal static string Write(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Length];
        Base64Url.EncodeToChars(bytes, text);
        text.Replace('_', '.');
        return new string(text);
    }

    /// <summary>Reads 64 characters into 48 bytes; false for anything else.</summary>
    internal static bool TryRead(string text, Span<byte> bytes)
    {
        if (text.Length != Length || text.AsSpan().ContainsAnyExcept(Characters))
        {
            return false;
        }

        Span<char> base64 = stackalloc char[Length];
        text.AsSpan().Replace(base64, '.', '_');
        return Base64Url.TryDecodeFromChars(base64, bytes, out var written) && written == Bytes;
    }

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");
}
