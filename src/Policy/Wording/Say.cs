// Puts words and labels together into sentences in Finnish, Swedish and English.
using System.Globalization;
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Wording;

/// <summary>Small grammar: lists, capital letters, dates. Labels of the catalogue are never inflected; sentences are built so that they need not be.</summary>
internal static class Say
{
    // First words that keep their capital letter inside a sentence.
    private static readonly HashSet<string> Proper = new(["Kela", "Kelan", "Ohjaamo", "Ohjaamon", "Navigatorn", "Navigatorns", "Soteri", "Uusimaa"], StringComparer.Ordinal);

    internal static LocalisedText Of(string fi, string sv, string en) => new() { Fi = fi, Sv = sv, En = en };

    /// <summary>One text made in each language.</summary>
    internal static LocalisedText InEach(Func<string, string> speak) => new() { Fi = speak("fi"), Sv = speak("sv"), En = speak("en") };

    internal static string And(IEnumerable<string> words, string language) => Join(words, language switch { "sv" => "och", "en" => "and", _ => "ja" });

    internal static string Or(IEnumerable<string> words, string language) => Join(words, language switch { "sv" => "eller", "en" => "or", _ => "tai" });

    /// <summary>A label inside a sentence: without its capital letter, unless it is a name or an abbreviation.</summary>
    internal static string Lowered(string text) =>
        text.StartsWith("A ", StringComparison.Ordinal) || text.StartsWith("The ", StringComparison.Ordinal) ? char.ToLowerInvariant(text[0]) + text[1..]
        : text.Length < 2 || char.IsUpper(text[1]) || Proper.Contains(text.Split(' ', '-')[0]) || text.Split(' ').Skip(1).Any(static word => word.Length > 0 && char.IsUpper(word[0]))
            ? text
            : char.ToLowerInvariant(text[0]) + text[1..];

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A role as somebody: English puts an article before it.</summary>
    internal static string Somebody(string label, string language) =>
        language != "en" ? Lowered(label) : ("aeiouAEIOU".Contains(label[0], StringComparison.Ordinal) ? "an " : "a ") + Lowered(label);

    internal static string Day(DateOnly day, string language) => language switch
    {
        "sv" => string.Create(CultureInfo.InvariantCulture, $"{day.Day}.{day.Month}.{day.Year}"),
        "en" => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{day.Day}.{day.Month}.{day.Year}"),
    };

    /// <summary>From when to when, in words.</summary>
    internal static string Period(DateOnly? from, DateOnly? to, string language) => (from, to) switch
    {
        (null, null) => Of("toistaiseksi", "tills vidare", "until further notice").In(language),
        ({ } first, null) => Of($"{Day(first, "fi")} alkaen", $"från och med {Day(first, "sv")}", $"from {Day(first, "en")} on").In(language),
        (null, { } last) => Of($"{Day(last, "fi")} saakka", $"till och med {Day(last, "sv")}", $"until {Day(last, "en")}").In(language),
        ({ } first, { } last) => Of($"{Day(first, "fi")}–{Day(last, "fi")}", $"{Day(first, "sv")}–{Day(last, "sv")}", $"from {Day(first, "en")} until {Day(last, "en")}").In(language),
    };

    private static string Join(IEnumerable<string> words, string last)
    {
        var all = words.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {last} {all[^1]}";
    }
}
