// Writes the sections that the catalogue names as each language cites them.
using System.Text.RegularExpressions;

namespace Sisote.Policy.Wording;

/// <summary>The catalogue holds sections as short text (<c>29 § 1 mom 2 k</c>, <c>art. 6(1)(a), 7</c>); what is written in another way stays as it is.</summary>
internal static partial class Citation
{
    /// <summary>Sections of one statute, with the acts that amended them unless they are left out.</summary>
    internal static string Of(string section, string language, bool amendments = true)
    {
        if (Articles().Match(section) is { Success: true } articles)
        {
            return ArticleCitation.Write([.. articles.Groups["one"].Captures.Select(static one => one.Value)], language);
        }

        return Read(section) is { } places
            ? SectionCitation.Write(amendments ? places : [.. places.Select(static place => place with { Remark = null })], language)
            : section;
    }

    /// <summary>Sections of several statutes as one text: <c>703/2023 6 §; 621/1999 26 §, 29 §</c>.</summary>
    internal static string OfStatutes(string text, string language) => string.Join("; ", text.Split("; ").Select(one =>
        one.Split(' ', 2) is [var number, var sections] ? Joined(number, Of(sections, language), language) : one));

    /// <summary>A statute with its sections.</summary>
    internal static string Joined(string statute, string sections, string language) => language == "en" ? $"{statute}, {sections}" : $"{statute} {sections}";

    /// <summary>The places named, or null where the text is no list of sections.</summary>
    private static List<CitedPlace>? Read(string text)
    {
        var places = new List<CitedPlace>();
        for (var at = 0; at < text.Length;)
        {
            if (places.Count > 0 && Separator().Match(text, at) is { Success: true } separator)
            {
                at += separator.Length;
            }

            var place = Place().Match(text, at);
            if (!place.Success || (places.Count == 0 && !place.Groups["section"].Success))
            {
                return null;
            }

            places.Add(new CitedPlace(Part("section"), Part("sub"), Part("point"), place.Groups["last"].Success, Part("remark")));
            at += place.Length;

            string? Part(string name) => place.Groups[name] is { Success: true } part ? part.Value : null;
        }

        return places;
    }

    private const string Number = @"\d+(?:-\d+)?";

    private const string List = Number + "(?:, " + Number + ")*(?: ja " + Number + ")?";

    [GeneratedRegex(@"\G(?:(?<section>\d+(?: [a-z])?(?:-\d+(?: [a-z])?)?) §(?: (?<sub>" + List + @"|viimeinen) mom)?|(?<sub>" + List + @") mom)(?: (?<point>" + List + @") k)?(?:, (?<last>viimeinen virke))?(?: \((?<remark>[^)]+)\))?(?=, | ja |$)")]
    private static partial Regex Place();

    [GeneratedRegex(@"\G(?:, | ja )")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^art\. (?<one>\d+(?:\(\w+\))*)(?:, (?<one>\d+(?:\(\w+\))*))*$")]
    private static partial Regex Articles();
}

/// <summary>A section, or further subsections of the section before it (<see cref="Section"/> = null).</summary>
internal sealed record CitedPlace(string? Section, string? Subsections, string? Points, bool LastSentence, string? Remark)
{
    internal bool IsWholeSection => Section is not null && Subsections is null && Points is null && !LastSentence && Remark is null;
}
