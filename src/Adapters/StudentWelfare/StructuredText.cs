// Text in a structured header field.
using System.Globalization;
using System.Text;

namespace Sisote.Adapters.StudentWelfare;

/// <summary>Writes a text as an item of RFC 9651: a String (section 3.3.3) where it is plain ASCII, else a Display String (section 3.3.8).</summary>
internal static class StructuredText
{
    /// <summary>The item.</summary>
    public static string Write(string text)
    {
        if (text.All(static character => character is >= ' ' and <= '~'))
        {
            return $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        var written = new StringBuilder("%\"");
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            _ = octet is (byte)'%' or (byte)'"' or < 0x20 or > 0x7E
                ? written.Append('%').Append(octet.ToString("x2", CultureInfo.InvariantCulture))
                : written.Append((char)octet);
        }

        return written.Append('"').ToString();
    }
}
