// The catalogue that ships, read once for all tests.
using System.Collections.Frozen;
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

    /// <summary>The same law with other rules.</summary>
    internal static LegalCatalogue With(this LegalCatalogue law, IEnumerable<DisclosureRule> rules) => new()
    {
        Version = law.Version,
        Items = law.Items,
        Rules = rules.ToFrozenDictionary(static rule => rule.Id),
        Prohibitions = law.Prohibitions,
        Conditions = law.Conditions,
        Sectors = law.Sectors,
        Roles = law.Roles,
        Purposes = law.Purposes,
        ConsentForms = law.ConsentForms,
        MinorsPolicies = law.MinorsPolicies,
        Obligations = law.Obligations,
        Retention = law.Retention,
        CodeSystems = law.CodeSystems,
        Names = law.Names,
        CodeLists = law.CodeLists,
    };
}
