// 48 bytes as the 64 characters that a FHIR id may have.
using System.Buffers;
using System.Buffers.Text;

namespace Sisote.Gateway.Handles;

/// <summary>Base64url with <c>.</c> in place of <c>_</c>: exactly the characters of a FHIR R4 id.</summary>
internal static class HandleText
{
    internal const int Length = 64;
    internal const int Bytes = 48;

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
