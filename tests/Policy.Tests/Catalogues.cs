// The catalogue that ships, read once for all tests.
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Policy;

internal static class Catalogues
{
    internal static LegalCatalogue Shipped { get; } = Load(CatalogueReader.ReadEmbedded());

    internal static LegalCatalogue Load(CatalogueReading reading) => reading switch
    {
        CatalogueReading.Loaded loaded => loaded.Catalogue,
        CatalogueReading.Faulty faulty => throw new Xunit.Sdk.XunitException(string.Join('\n', faulty.Faults)),
        _ => throw new InvalidOperationException(),
    };
}
