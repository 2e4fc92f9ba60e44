// Reads the catalogue from YAML and reports every fault at once.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues.Reading;

namespace Sisote.Policy.Catalogues;

/// <summary>What reading a catalogue gives: the law, or all that is wrong with it.</summary>
public abstract record CatalogueReading
{
    private CatalogueReading()
    {
    }

    /// <summary>The catalogue stands.</summary>
    public sealed record Loaded(LegalCatalogue Catalogue) : CatalogueReading;

    /// <summary>It does not; at least one fault.</summary>
    public sealed record Faulty(ImmutableArray<CatalogueFault> Faults) : CatalogueReading;
}

/// <summary>Reads the catalogue. Nothing is half-read: either all of it stands or all faults are reported.</summary>
public static class CatalogueReader
{
    private const string EmbeddedPrefix = "catalogue/";

    /// <summary>The catalogue built into this program.</summary>
    public static CatalogueReading ReadEmbedded() => Read(EmbeddedTexts());

    /// <summary>A catalogue from a folder of the same layout.</summary>
    public static CatalogueReading ReadDirectory(string directory) =>
        Directory.Exists(directory)
            ? Read(DirectoryTexts(directory))
            : new CatalogueReading.Faulty([new CatalogueFault(directory, 0, "The folder does not exist.")]);

    /// <summary>A catalogue from texts, each with its name in the layout of the folder (<c>rules/EX-02.yaml</c>).</summary>
    public static CatalogueReading Read(IEnumerable<(string Name, string Text)> texts) => new CatalogueFiles(texts).Read();

    /// <summary>The texts of a catalogue folder, by name.</summary>
    public static IEnumerable<(string Name, string Text)> DirectoryTexts(string directory) => Directory
        .EnumerateFiles(directory, "*.yaml", SearchOption.AllDirectories)
        .Select(path => (Path.GetRelativePath(directory, path).Replace('\\', '/'), File.ReadAllText(path)));

    /// <summary>The texts of the catalogue built into this program, by name.</summary>
    public static IEnumerable<(string Name, string Text)> EmbeddedTexts()
    {
        var assembly = typeof(CatalogueReader).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(EmbeddedPrefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            yield return (name[EmbeddedPrefix.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }
}
