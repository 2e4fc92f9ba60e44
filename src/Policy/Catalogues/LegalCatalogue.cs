// The law in memory.
using System.Collections.Frozen;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues;

/// <summary>The whole catalogue, read and checked. Immutable; made only by <see cref="CatalogueReader"/>.</summary>
public sealed class LegalCatalogue
{
    /// <summary>SHA-256 over the canonical form.</summary>
    public required CatalogueVersion Version { get; init; }

    /// <summary>Data items by code.</summary>
    public required FrozenDictionary<DataItemId, DataItem> Items { get; init; }

    /// <summary>Disclosure rules by code.</summary>
    public required FrozenDictionary<RuleId, DisclosureRule> Rules { get; init; }

    /// <summary>Names of sectors, roles, purposes and consent forms, by code, for people.</summary>
    public required FrozenDictionary<string, LocalisedText> Names { get; init; }

    /// <summary>Code lists by id.</summary>
    public required FrozenDictionary<string, CodeList> CodeLists { get; init; }
}
