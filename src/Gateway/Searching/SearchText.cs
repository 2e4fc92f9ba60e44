// Splits the values of search parameters.
using System.Globalization;
using System.Text;

namespace Sisote.Gateway.Searching;

/// <summary>The separators of FHIR R4 3.1.1.4.0.1 and their escapes, and texts as strings are compared.</summary>
internal static class SearchText
{
    /// <summary>Splits a text where a separator stands that no backslash precedes; the escapes stay.</summary>
    internal static List<string> Split(string text, char separator)
    {
        List<string> parts = [];
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == separator)
            {
                parts.Add(text[start..at]);
                start = at + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>What an escaped text says; null where a backslash escapes nothing that FHIR R4 lets it escape.</summary>
    internal static string? Unescape(string text)
    {
        var said = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                said.Append(text[at]);
            }
            else if (++at < text.Length && text[at] is '\\' or ',' or '|' or '$')
            {
                said.Append(text[at]);
            }
            else
            {
                return null;
            }
        }

        return said.ToString();
    }

    /// <summary>A text without case and accents, as FHIR R4 compares strings.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToUpperInvariant(letter));
            }
        }

        return folded.ToString();
    }
}
