// The texts of the pages, read from the embedded files fi.json, sv.json and en.json.
using System.Collections.Frozen;
using System.Text.Json;

namespace Sisote.Portal.Texts;

/// <summary>All texts of the pages in all languages. A test holds that every language has every key.</summary>
internal static class TextCatalogue
{
    private static readonly FrozenDictionary<string, PageTexts> ByLanguage =
        Language.All.ToFrozenDictionary(static language => language, static language => new PageTexts(language, Read(language)));

    /// <summary>The texts of a language.</summary>
    public static PageTexts In(string language) => ByLanguage[language];

    private static FrozenDictionary<string, string> Read(string language)
    {
        using var file = typeof(TextCatalogue).Assembly.GetManifestResourceStream($"Sisote.Portal.Texts.{language}.json")
            ?? throw new InvalidOperationException($"The texts in `{language}` are not built in.");
        return (JsonSerializer.Deserialize<Dictionary<string, string>>(file) ?? []).ToFrozenDictionary();
    }
}
