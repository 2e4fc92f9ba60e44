// Reads the catalogue from YAML and reports every fault at once.
using System.Collections.Immutable;

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
    /// <summary>The catalogue built into this program.</summary>
    public static CatalogueReading ReadEmbedded() => throw new NotImplementedException();

    /// <summary>A catalogue from a folder of the same layout.</summary>
    public static CatalogueReading ReadDirectory(string directory) => throw new NotImplementedException();
}
