// Escape sequences inside a value.
using System.Globalization;
using System.Text;

namespace Sisote.Adapters.Hl7v2;

/// <summary>Writes and reads the escape sequences of HL7 v2 (chapter 2.7): delimiters, hexadecimal bytes, line breaks. Highlighting and charset switches vanish.</summary>
internal static class Hl7Escapes
{
    /// <summary>The value as it stands in a message; control characters other than line breaks vanish.</summary>
    public static string Escape(string value, Hl7Delimiters delimiters)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var character in value.ReplaceLineEndings("\n"))
        {
            var sequence = NameOf(character, delimiters);
            if (sequence is not null)
            {
                text.Append(delimiters.Escape).Append(sequence).Append(delimiters.Escape);
            }
            else if (!char.IsControl(character))
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    /// <summary>The value that a raw text of a message means.</summary>
    /// <param name="raw">Text between delimiters.</param>
    /// <param name="delimiters">The message's delimiters.</param>
    /// <param name="encoding">The message's character set, for hexadecimal sequences.</param>
    public static string Unescape(string raw, Hl7Delimiters delimiters, Encoding encoding)
    {
        if (!raw.Contains(delimiters.Escape, StringComparison.Ordinal))
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            var end = raw[at] == delimiters.Escape ? raw.IndexOf(delimiters.Escape, at + 1) : -1;
            if (end < 0)
            {
                text.Append(raw[at]);
                continue;
            }

            text.Append(Meaning(raw[(at + 1)..end], delimiters, encoding));
            at = end;
        }

        return text.ToString();
    }

    private static string? NameOf(char character, Hl7Delimiters delimiters) => character switch
    {
        '\n' => ".br",
        _ when character == delimiters.Field => "F",
        _ when character == delimiters.Component => "S",
        _ when character == delimiters.Subcomponent => "T",
        _ when character == delimiters.Repetition => "R",
        _ when character == delimiters.Escape => "E",
        _ => null,
    };

    private static string Meaning(string sequence, Hl7Delimiters delimiters, Encoding encoding) => sequence switch
    {
        "F" => delimiters.Field.ToString(),
        "S" => delimiters.Component.ToString(),
        "T" => delimiters.Subcomponent.ToString(),
        "R" => delimiters.Repetition.ToString(),
        "E" => delimiters.Escape.ToString(),
        ".br" or ".sp" or ".ce" => "\n",
        ['X' or 'x', .. var digits] => FromHexadecimal(digits, encoding),
        _ => string.Empty,
    };

    private static string FromHexadecimal(string digits, Encoding encoding)
    {
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            return string.Empty;
        }

        var bytes = new byte[digits.Length / 2];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = byte.Parse(digits.AsSpan(index * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        var value = new StringBuilder();
        foreach (var character in encoding.GetString(bytes))
        {
            value.Append(char.IsControl(character) && character is not '\n' and not '\t' ? '\n' : character);
        }

        return value.ToString();
    }
}
