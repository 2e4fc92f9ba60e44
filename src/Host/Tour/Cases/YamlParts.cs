// Puts two YAML files of the same shape together.
namespace Sisote.Host.Tour.Cases;

/// <summary>Both files hold lists under top-level keys. The lists of the second go to the end of the lists of the first; keys that the first has not come last.</summary>
internal static class YamlParts
{
    /// <summary>The first file with what the second adds.</summary>
    internal static string Add(string first, string second)
    {
        var (parts, added) = (Split(first), Split(second));
        var known = parts.Select(static part => part.Key).ToHashSet(StringComparer.Ordinal);
        var joined = parts.Select(part => part.Lines.Concat(added.Where(addition => addition.Key == part.Key && part.Key.Length > 0).SelectMany(static addition => addition.Lines.Skip(1))));
        var rest = added.Where(addition => !known.Contains(addition.Key)).Select(static addition => addition.Lines.AsEnumerable());
        return string.Join('\n', joined.Concat(rest).SelectMany(static lines => lines)) + "\n";
    }

    /// <summary>A file's top-level keys with their lines; what stands before the first key has the empty one.</summary>
    private static List<(string Key, List<string> Lines)> Split(string text)
    {
        List<(string Key, List<string> Lines)> parts = [(string.Empty, [])];
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.Length > 0 && char.IsAsciiLetter(line[0]) && line.EndsWith(':'))
            {
                parts.Add((line[..^1], []));
            }

            parts[^1].Lines.Add(line);
        }

        return parts;
    }
}
