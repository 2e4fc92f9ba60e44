// What of FHIR the catalogue knows: what no data item carries cannot be mapped.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;

namespace Sisote.Adapters.Mapping;

/// <summary>The elements of each resource type that some data item carries. What is not among them would never leave, so a mapping that names it is mistaken about what leaves.</summary>
internal sealed class CarriedElements(LegalCatalogue catalogue)
{
    /// <summary>What the facade's own contract needs, whatever the items say.</summary>
    private static readonly ImmutableArray<string> Always = ["id", "meta.security"];

    private readonly ILookup<string, string> elements = catalogue.Items.Values
        .SelectMany(static item => item.Selectors)
        .SelectMany(static selector => selector.Elements.Concat(selector.Filters.Select(static filter => filter.Path)).Select(element => (selector.ResourceType, element)))
        .ToLookup(static pair => pair.ResourceType, static pair => pair.element);

    /// <summary>Whether some item is of this type.</summary>
    public bool Knows(string type) => elements.Contains(type);

    /// <summary>The types of all items.</summary>
    public IEnumerable<string> Types => elements.Select(static group => group.Key);

    /// <summary>The elements of a type.</summary>
    public IEnumerable<string> Of(string type) => elements[type].Distinct(StringComparer.Ordinal);

    /// <summary>Whether some item of this type carries the element or what it stands in.</summary>
    public bool Carries(string type, string path) => Always.Concat(elements[type]).Any(element => path == element || path.StartsWith(element + ".", StringComparison.Ordinal));

    /// <summary>Whether some item of this type carries something below the element.</summary>
    public bool CarriesBelow(string type, string path) => Always.Concat(elements[type]).Any(element => element.StartsWith(path + ".", StringComparison.Ordinal));
}
