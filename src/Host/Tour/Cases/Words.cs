// Words of a scenario that must be known.
using Sisote.Host.Demo;
using Sisote.Policy.Ids;

namespace Sisote.Host.Tour.Cases;

/// <summary>Asks a mapping for words out of a list; any other is a fault with its line and the nearest known one.</summary>
internal static class Words
{
    /// <summary>One known word.</summary>
    internal static string Known(DemoYaml map, string key, string what, IReadOnlyCollection<string> known)
    {
        var word = map.Text(key);
        if (word.Length > 0)
        {
            Check(map, key, what, word, known);
        }

        return word;
    }

    /// <summary>One known word, or null.</summary>
    internal static string? OptionalKnown(DemoYaml map, string key, string what, IReadOnlyCollection<string> known) =>
        map.Keys.Contains(key) ? Known(map, key, what, known) : null;

    /// <summary>Known words; none where the key is absent.</summary>
    internal static IReadOnlyList<string> AllKnown(DemoYaml map, string key, string what, IReadOnlyCollection<string> known)
    {
        var words = map.Texts(key);
        foreach (var word in words)
        {
            Check(map, key, what, word, known);
        }

        return words;
    }

    /// <summary>A mapping whose keys are known words.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> PairsKnown(DemoYaml map, string key, string what, IReadOnlyCollection<string> known)
    {
        var pairs = map.Pairs(key);
        foreach (var (word, _) in pairs)
        {
            Check(map, key, what, word, known);
        }

        return pairs;
    }

    private static void Check(DemoYaml map, string key, string what, string word, IReadOnlyCollection<string> known)
    {
        if (!known.Contains(word))
        {
            map.Fault(key, $"There is no {what} `{word}`. {NearestCode.Suggest(word, known)}");
        }
    }
}
