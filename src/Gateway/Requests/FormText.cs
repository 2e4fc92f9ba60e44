// Reads name=value pairs in one way only.
using System.Buffers;
using System.Text;

namespace Sisote.Gateway.Requests;

/// <summary>The pairs of a query or form, in their order. Anything that two readers could split or decode differently is refused: empty names, <c>;</c>, <c>+</c>, broken escapes, escaped names, control characters.</summary>
internal static class FormText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/|,!$'()*@%");
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static bool TryRead(string text, out List<KeyValuePair<string, string>> pairs)
    {
        pairs = [];
        if (text.Length == 0)
        {
            return true;
        }

        foreach (var pair in text.Split('&'))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            // Of a name only the colon before a modifier may be escaped: ordinary clients do that.
            var name = at <= 0 ? string.Empty : pair[..at].Replace("%3A", ":", StringComparison.OrdinalIgnoreCase);
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Plain) || name.Contains('%', StringComparison.Ordinal) || !TryDecode(pair[(at + 1)..], out var value))
            {
                return false;
            }

            pairs.Add(KeyValuePair.Create(name, value));
        }

        return true;
    }

    private static bool TryDecode(string text, out string value)
    {
        value = string.Empty;
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            return false;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.Add((byte)text[i]);
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                return false;
            }
        }

        try
        {
            value = Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return !value.Any(char.IsControl);
    }
}
