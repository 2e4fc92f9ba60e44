// A text as it reads, however it is written.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Phenomena;

/// <summary>
/// Compatible forms made one (NFKC), every dash a '-', every digit an ASCII digit, and characters that show nothing left out, with the place in the writer's text of each character that is left. What looks for
/// persons looks at this: a text is the same to its reader with U+2011 for a hyphen or a soft hyphen within.
/// </summary>
internal sealed partial class PlainText
{
    private readonly List<(int Start, int End)> places = [];

    private PlainText(string text)
    {
        var (seen, at) = WithoutInvisible(text);
        var plain = new StringBuilder(seen.Length);
        for (var place = 0; place < seen.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(seen, place);
            foreach (var letter in seen.Substring(place, length).Normalize(NormalizationForm.FormKC))
            {
                plain.Append(PlainOf(letter));
                places.Add((at[place], at[place + length - 1] + 1));
            }

            place += length;
        }

        Text = plain.ToString();
    }

    /// <summary>The text as it reads.</summary>
    public string Text { get; }

    /// <summary>Reads a text.</summary>
    public static PlainText Of(string text) => new(text);

    /// <summary>Whether a text holds a personal identity code, with white space inside or without.</summary>
    public static bool HoldsIdentityCode(string text)
    {
        var plain = Of(text).Text;
        return Hetu.IsIn(plain) || Hetu.IsIn(WhiteSpace().Replace(plain, string.Empty));
    }

    /// <summary>The place of a part in the writer's text.</summary>
    public (int Start, int Length) PlaceOf(int index, int length) => (places[index].Start, places[index + length - 1].End - places[index].Start);

    private static (string Seen, List<int> At) WithoutInvisible(string text)
    {
        var (seen, at) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var place = 0; place < text.Length;)
        {
            var length = char.IsSurrogatePair(text, place) ? 2 : 1;
            if (CharUnicodeInfo.GetUnicodeCategory(text, place) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate))
            {
                seen.Append(text, place, length);
                at.AddRange(Enumerable.Range(place, length));
            }

            place += length;
        }

        return (seen.ToString(), at);
    }

    private static char PlainOf(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.DashPunctuation => '-',
        UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)),
        _ => letter is '\u2212' or '\u02D7' or '\u2043' ? '-' : letter, // minus, modifier minus, hyphen bullet
    };

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WhiteSpace();
}
