// Words that come with the program, one to a line.
using System.Collections.Frozen;

namespace Sisote.Consent.Phenomena;

/// <summary>Reads a list out of the assembly; a line that begins with # is a remark.</summary>
internal static class WordList
{
    /// <summary>All words of a file, in small letters.</summary>
    public static FrozenSet<string> Read(string file) => Lines(file).SelectMany(static line => line).Select(static word => word.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The lines of a file, each in its words.</summary>
    public static string[][] Lines(string file)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(static line => line[0] != '#').Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
