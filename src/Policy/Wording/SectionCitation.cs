// Writes sections of Finnish statutes: "29 § 1 mom. 2 kohta", "29 § 1 mom. 2 punkten", "section 29(1)(2)".
namespace Sisote.Policy.Wording;

internal static class SectionCitation
{
    internal static string Write(IReadOnlyList<CitedPlace> places, string language) => language == "en" ? English(places) : Nordic(places, language);

    /// <summary>Finnish and Swedish: whole sections that follow each other share one sign.</summary>
    private static string Nordic(IReadOnlyList<CitedPlace> places, string language)
    {
        var parts = new List<string>();
        for (var at = 0; at < places.Count;)
        {
            var whole = places.Skip(at).TakeWhile(static place => place.IsWholeSection).Select(static place => Dashed(place.Section!)).ToArray();
            parts.Add(whole.Length > 0 ? $"{Say.And(whole, language)} §" : Nordic(places[at], language));
            at += Math.Max(1, whole.Length);
        }

        // Where a part has an "and" of its own, the parts are joined by another word.
        var inner = $" {Say.And(["", ""], language).Trim()} ";
        return parts.Count > 1 && parts.Any(part => part.Contains(inner, StringComparison.Ordinal))
            ? $"{string.Join(", ", parts.SkipLast(1))} {(language == "sv" ? "samt" : "sekä")} {parts[^1]}"
            : Say.And(parts, language);
    }

    private static string Nordic(CitedPlace place, string language)
    {
        var swedish = language == "sv";
        var words = new List<string>();
        words.AddRange(place.Section is { } section ? [$"{Dashed(section)} §"] : []);
        words.AddRange(place.Subsections is { } subs ? [$"{(subs == "viimeinen" && swedish ? "sista" : Listed(subs, language))} mom."] : []);
        words.AddRange(place.Points is { } points ? [$"{Listed(points, language)} {(!swedish ? "kohta" : IsSeveral(points) ? "punkterna" : "punkten")}"] : []);
        words.AddRange(place.LastSentence ? [swedish ? "sista meningen" : "viimeinen virke"] : []);
        words.AddRange(place.Remark is { } remark ? [$"({Remark(remark, language)})"] : []);
        return string.Join(' ', words);
    }

    private static string English(IReadOnlyList<CitedPlace> places)
    {
        var section = string.Empty;
        var parts = new List<string>();
        foreach (var place in places)
        {
            section = place.Section ?? section;
            var last = place.Subsections == "viimeinen";
            parts.Add(Dashed(section.Replace(" ", string.Empty, StringComparison.Ordinal))
                + (last ? ", last subsection" : Bracketed(place.Subsections)) + Bracketed(place.Points)
                + (place.LastSentence ? ", last sentence" : string.Empty)
                + (place.Remark is { } remark ? $" ({Remark(remark, "en")})" : string.Empty));
        }

        return (parts.Count > 1 || (places[0].IsWholeSection && IsSeveral(section)) ? "sections " : "section ") + Say.And(parts, "en");
    }

    /// <summary>What stands in brackets after a section: the acts that amended it, or the bill that proposes it.</summary>
    private static string Remark(string remark, string language) => remark.Split(' ') switch
    {
        ["HE", var bill, "ehdotus"] => Say.Of($"ehdotus HE {bill}", $"förslag RP {bill}", $"proposed in bill HE {bill}").In(language),
        _ => language == "en" ? $"as amended by {Say.And(remark.Split(", "), "en")}" : remark,
    };

    private static string Bracketed(string? list) => list is null ? string.Empty : Say.And(Parts(list).Select(static part => string.Join('–', part.Split('-').Select(static one => $"({one})"))), "en");

    private static string Listed(string list, string language) => Say.And(Parts(list).Select(Dashed), language);

    private static string[] Parts(string list) => list.Split([", ", " ja "], StringSplitOptions.None);

    private static bool IsSeveral(string list) => list.Contains('-', StringComparison.Ordinal) || Parts(list).Length > 1;

    private static string Dashed(string range) => range.Replace('-', '–');
}
