// Which selectors a resource matches, asked one after another.
using System.Collections.Immutable;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Tests.Gateway.Minimising.Plain;

/// <summary>The plain form of <c>TypeConditions</c>.</summary>
internal static class PlainMatching
{
    private static readonly string[] OrdinaryLabels = ["U", "L", "M", "N", "TURVAKIELTO"];

    internal static ImmutableArray<ItemSelector> Match(PlainIndex resource, TypeShape shape, IReadOnlySet<DataItemId> items, LegalCatalogue catalogue)
    {
        if (resource.HasModifierExtension)
        {
            return [];
        }

        ImmutableArray<ItemSelector> matched = [.. shape.Conditions.Selectors.Where(pair => items.Contains(pair.Item) && Carries(pair.Selector, resource, catalogue))];
        return resource.Modifiers.All(name => matched.Any(pair => pair.Selector.Elements.Contains(name))) ? matched : [];
    }

    /// <summary>Coded elements that filters and code bindings look at.</summary>
    internal static bool IsFiltered(TypeShape shape, string name) =>
        (name == "code" || shape.Conditions.Selectors.Any(pair => pair.Selector.Filters.Any(filter => filter.Path.Split('.')[0] == name)))
        && shape.Definition.PropertyMappings.Any(property => property.Name == name && property.PropertyTypeMapping is { Name: "CodeableConcept" or "Coding" });

    private static bool Carries(FhirSelector selector, PlainIndex resource, LegalCatalogue catalogue) =>
        resource.Labels.All(label => OrdinaryLabels.Contains(label) || selector.AllowedSecurityLabels.Contains(label))
        && selector.Filters.All(filter => filter.Path == "meta.security"
            ? resource.Labels.Overlaps(filter.Codes)
            : resource.HasCoding(filter.Path, filter.System, code => filter.Codes.Contains(code)))
        && (selector.CodeBinding is not { } list
            || (catalogue.CodeLists.TryGetValue(list, out var codes) && resource.HasCoding("code", codes.System, code => codes.Codes.ContainsKey(code))));
}
