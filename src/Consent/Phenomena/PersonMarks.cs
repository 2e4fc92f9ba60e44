// Finds in a text what looks like something about a person.
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Phenomena;

/// <summary>
/// Marks identity codes, phone numbers, mail addresses, street addresses, and names: a common first name with a capital in any of its cases, and a capitalised word inside a sentence
/// that is not known to be a place or an organisation, or a word all in capitals that is no known abbreviation. It looks at the text as it reads (<see cref="PlainText"/>). It is a net with holes (docs/indicators.md says which), and it rather stops too much: the writer says it without.
/// </summary>
internal static partial class PersonMarks
{
    private const string IdentityCode = "identity-code";
    private const string Phone = "phone";
    private const string Mail = "mail";
    private const string Address = "address";
    private const string Name = "name";
    private const int ShortestStem = 3;
    private const int ShortestShout = 4;

    private static readonly FrozenSet<string> FirstNames = WordList.Read("first-names.txt");
    private static readonly FrozenSet<string> Places = WordList.Read("places.txt");
    private static readonly FrozenSet<string> Abbreviations = WordList.Read("abbreviations.txt");

    // Case endings and particles that Finnish and Swedish put behind a name.
    private static readonly string[] Endings =
    [
        "n", "a", "ä", "s", "in", "en", "an", "än", "on", "ön", "un", "yn", "lla", "llä", "lle", "lta", "ltä", "ssa", "ssä", "sta", "stä", "na", "nä", "ta", "tä", "ksi", "ia", "iä", "lla", "kin", "ko", "kö", "han", "hän",
    ];

    /// <summary>Every mark, in the order of the text.</summary>
    public static IReadOnlyList<TextMark> Find(string text)
    {
        var plain = PlainText.Of(text);
        var marks = PatternsIn(plain.Text).ToList();
        marks.AddRange([.. Words().Matches(plain.Text)
            .Where(word => IsName(plain.Text, word) && !marks.Any(mark => word.Index >= mark.Start && word.Index < mark.Start + mark.Length))
            .Select(static word => new TextMark(word.Index, word.Length, Name))]);

        return [.. marks.OrderBy(static mark => mark.Start).Select(mark => InText(plain, mark))];
    }

    /// <summary>The marks that need no knowledge of names: codes, numbers and addresses.</summary>
    public static IEnumerable<TextMark> Patterns(string text)
    {
        var plain = PlainText.Of(text);
        return PatternsIn(plain.Text).Select(mark => InText(plain, mark));
    }

    private static IEnumerable<TextMark> PatternsIn(string plain)
    {
        var found = Codes().Matches(plain).Where(match => IsCode(plain, match)).Select(static match => new TextMark(match.Index, match.Length, IdentityCode)).ToList();
        (string Kind, Regex Pattern)[] patterns = [(IdentityCode, Birthdays()), (Mail, Mails()), (Phone, Phones()), (Address, Addresses())];
        foreach (var (kind, pattern) in patterns)
        {
            found.AddRange(pattern.Matches(plain).Where(match => !found.Any(mark => match.Index < mark.Start + mark.Length && mark.Start < match.Index + match.Length)).Select(match => new TextMark(match.Index, match.Length, kind)));
        }

        return found.OrderBy(static mark => mark.Start);
    }

    /// <summary>A code that could be one, wherever it stands; and whatever stands alone and has the form of one, where it is not mere numbers with spaces.</summary>
    private static bool IsCode(string plain, Match match)
    {
        var code = string.Concat(match.Value.Where(static letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
        var isAlone = (match.Index == 0 || !char.IsAsciiLetterOrDigit(plain[match.Index - 1])) && (match.Index + match.Length == plain.Length || !char.IsAsciiLetterOrDigit(plain[match.Index + match.Length]));
        return Hetu.TryParse(code, out _) || (isAlone && (code.Length == match.Length || (code[0] <= '3' && code[2] <= '1')));
    }

    private static TextMark InText(PlainText plain, TextMark mark)
    {
        var (start, length) = plain.PlaceOf(mark.Start, mark.Length);
        return mark with { Start = start, Length = length };
    }

    private static bool IsName(string text, Match found)
    {
        var word = found.Value;
        if (char.IsUpper(word[0]) && IsKnown(FirstNames, word))
        {
            return true;
        }

        return !IsKnown(Places, word) && (IsShouted(word) ? !IsKnown(Abbreviations, word) : IsCapital(word) && !BeginsSentence(text, found.Index));
    }

    private static bool IsCapital(string word) => char.IsUpper(word[0]) && word.Any(char.IsLower);

    /// <summary>Surnames are written in capitals in lists, where a sentence begins as well as within.</summary>
    private static bool IsShouted(string word) => word.Length >= ShortestShout && word.All(char.IsUpper);

    private static bool BeginsSentence(string text, int index)
    {
        var before = text.AsSpan(0, index).TrimEnd(" \t\"'”’»(-–•*".AsSpan());
        return before.IsEmpty || before[^1] is '.' or '!' or '?' or ':' or '\n' or '\r';
    }

    /// <summary>Whether a word is one of a list, as it stands or with an ending. Finnish stems change before an ending (Matti, Matin), so a doubled consonant may stand once.</summary>
    private static bool IsKnown(FrozenSet<string> list, string word)
    {
        var lower = word.ToLowerInvariant();
        return list.Contains(lower) || Endings.Any(ending => lower.EndsWith(ending, StringComparison.Ordinal) && Stems(lower[..^ending.Length]).Any(list.Contains));
    }

    private static IEnumerable<string> Stems(string stem)
    {
        if (stem.Length < ShortestStem)
        {
            yield break;
        }

        yield return stem;
        yield return stem + stem[^1]; // a short vowel before a doubled one
        if (stem[^1] is 'i' or 'e')
        {
            yield return stem[..^1]; // Henrik, Henrikin; Annen is not reached
        }

        if (stem[^2] is 't' or 'k' or 'p')
        {
            yield return stem[..^1] + stem[^2] + stem[^1]; // Matti, Matin; Pekka, Pekan; Seppo, Sepon
        }
    }

    // ddmmyy, a century sign, three digits and a check character, with white space anywhere.
    [GeneratedRegex(@"\d(?:\s*\d){5}\s*[-+A-FU-Ya-fu-y]\s*(?:\d\s*){3}[0-9A-Za-z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Codes();

    // The date alone, as people write birthdays.
    [GeneratedRegex(@"(?<!\d)\d{6}[-+A]?(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Birthdays();

    [GeneratedRegex(@"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:.]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mails();

    // +358 40 123 4567, 040-1234567, 017 123 456: at least seven digits that begin with 0 or +.
    [GeneratedRegex(@"(?<![\d])(?:\+|00?)\d(?:[\s-]?\d){6,13}(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Phones();

    // A word that ends as streets do, and a house number.
    [GeneratedRegex(@"\p{L}*(?:katu|kadun|kadulla|tie|tien|tiellä|kuja|kujan|kujalla|polku|polun|polulla|raitti|rinne|kaari|aukio|tori|väylä|gatan|gata|vägen|väg|gränden|stigen)\s+\d{1,4}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
