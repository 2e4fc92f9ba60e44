// Finds the line of a file at which something of the catalogue stands.
using Sisote.Policy.Catalogues.Reading;

namespace Sisote.Policy.Analysing;

/// <summary>Files and lines of a catalogue, for findings.</summary>
public sealed class CataloguePlaces
{
    private readonly Dictionary<string, YamlFile> files;

    private CataloguePlaces(Dictionary<string, YamlFile> files) => this.files = files;

    /// <summary>The places in these texts; a text that is not readable has none.</summary>
    public static CataloguePlaces Of(IEnumerable<(string Name, string Text)> texts)
    {
        var unheard = new FaultCollector();
        return new CataloguePlaces(texts
            .Select(file => YamlFile.Parse(file.Name, file.Text, unheard))
            .OfType<YamlFile>()
            .ToDictionary(static file => file.Name, StringComparer.Ordinal));
    }

    /// <summary>The line of a key at the root of a file, or of a word in the list below it; 1 where it is not found.</summary>
    internal int Line(string file, string key, string? word = null)
    {
        if (!files.TryGetValue(file, out var found))
        {
            return 1;
        }

        var root = found.Open(new FaultCollector());
        var line = root.Keys.Where(entry => entry.Key == key).Select(static entry => entry.Line).FirstOrDefault(1);
        return word is null ? line : root.Scalars(key).Where(scalar => scalar.Text == word).Select(static scalar => scalar.Line).FirstOrDefault(line);
    }

    /// <summary>The line of the entry of <c>pairs</c> that came out as the pair with this number.</summary>
    internal int PairLine(string file, int number)
    {
        if (!files.TryGetValue(file, out var found))
        {
            return 1;
        }

        foreach (var pair in found.Open(new FaultCollector()).Maps("pairs"))
        {
            number -= pair.Maps("from").Count * pair.Maps("to").Count;
            if (number < 0)
            {
                return pair.Line;
            }
        }

        return Line(file, "pairs");
    }
}
