// 48 bytes as the 64 characters that a FHIR id may have.
using System.Buffers.Text;

namespace Sisote.Gateway.Handles;

/// <summary>Base64url with <c>.</c> in place of <c>_</c>: exactly the characters of a FHIR R4 id.</summary>
internal static class HandleText
{
    internal const int Length = 64;
    internal const int Bytes = 48;

    internal static string Write(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes).Replace('_', '.');

    /// <summary>Reads 64 characters into 48 bytes; false for anything else.</summary>
    internal static bool TryRead(string text, Span<byte> bytes) =>
        text.Length == Length && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
        && Base64Url.TryDecodeFromChars(text.Replace('.', '_'), bytes, out var written) && written == Bytes;
}
