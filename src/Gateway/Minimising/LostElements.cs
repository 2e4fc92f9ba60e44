// Elements that the catalogue names and that could never leave.
using Hl7.Fhir.Introspection;
using Sisote.Policy.Catalogues;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// An object leaves only with all that FHIR R4 demands of it. A selector that names one element of an object and not what is mandatory beside it names nothing: the object stays behind every time,
/// and nobody sees why.
/// </summary>
public static class LostElements
{
    /// <summary>One line for each object of an item of which something is named and something mandatory is not.</summary>
    public static IEnumerable<string> FindIn(LegalCatalogue catalogue) =>
        from item in catalogue.Items.Values.OrderBy(static item => item.Id.Value, StringComparer.Ordinal)
        from selector in item.Selectors
        let type = FhirTypes.Find(selector.ResourceType)
        where type is not null
        from path in FindIn(type, TreeOf(selector), string.Empty)
        select $"items/{item.Id}.yaml: of {selector.ResourceType}, `{path}` is not named; FHIR R4 demands it, so that what is named beside it never leaves.";

    private static ElementPaths TreeOf(FhirSelector selector)
    {
        var tree = new ElementPaths();
        foreach (var path in selector.Elements)
        {
            tree.Add(path);
        }

        return tree;
    }

    private static IEnumerable<string> FindIn(ClassMapping type, ElementPaths named, string path)
    {
        var lost = path.Length == 0 ? [] : type.PropertyMappings
            .Where(property => property.IsMandatoryElement && FhirTypes.JsonNames(property).All(pair => named.Below(pair.Name) is null)).Select(property => path + property.Name);
        var below = from pair in type.PropertyMappings.SelectMany(FhirTypes.JsonNames)
                    let part = named.Below(pair.Name)
                    where part is { Named: false, HasChildren: true }
                    from found in FindIn(pair.Type, part, $"{path}{pair.Name}.")
                    select found;
        return lost.Concat(below);
    }
}
