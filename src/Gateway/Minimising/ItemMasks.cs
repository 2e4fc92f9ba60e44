// Which items a resource carries, and the mask for what of them may leave.
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Minimising;

/// <summary>The items of the catalogue as they meet resources: matching by filters and labels, masks compiled once per combination of items.</summary>
internal sealed class ItemMasks(LegalCatalogue catalogue)
{
    // Labels that stand on ordinary data (v3-Confidentiality up to normal) and the one that the decision turns into a mask. Any other label, known or not, withholds
    // the resource unless the item lists it: an unknown code counts as sensitive.
    private static readonly FrozenSet<string> OrdinaryLabels = FrozenSet.Create("U", "L", "M", "N", "TURVAKIELTO");

    private readonly ConcurrentDictionary<string, TypeShape?> shapes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<ItemSelector>> selectors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MaskNode> masks = new(StringComparer.Ordinal);

    internal CodeLabels Labels { get; } = new(catalogue);

    /// <summary>The shape of a type that the catalogue knows; null for any other.</summary>
    internal TypeShape? ShapeOf(string type) =>
        type.Length <= 64 && catalogueTypes.Value.Contains(type) ? shapes.GetOrAdd(type, static (name, catalogue) => TypeShape.For(name, catalogue), catalogue) : null;

    /// <summary>All selectors for a type, in the order of item codes.</summary>
    internal ImmutableArray<ItemSelector> SelectorsFor(string type) => selectors.GetOrAdd(type, static (name, catalogue) =>
        [.. catalogue.Items.Values.OrderBy(static item => item.Id.Value, StringComparer.Ordinal)
            .SelectMany(item => item.Selectors.Select((selector, place) => new ItemSelector(item.Id, place, selector)))
            .Where(pair => pair.Selector.ResourceType == name)], catalogue);

    /// <summary>Items that have anything to do with a type.</summary>
    internal IEnumerable<DataItemId> ItemsOf(string type) => SelectorsFor(type).Select(static pair => pair.Item).Distinct();

    /// <summary>Types in which an item appears.</summary>
    internal IEnumerable<string> TypesOf(DataItemId item) =>
        catalogue.Items.TryGetValue(item, out var found) ? found.Selectors.Select(static selector => selector.ResourceType).Distinct() : [];

    /// <summary>The selectors of these items that a resource matches; none = the resource carries none of them and stays.</summary>
    internal ImmutableArray<ItemSelector> Match(ResourceIndex resource, TypeShape shape, IReadOnlySet<DataItemId> items)
    {
        if (resource.HasModifierExtension)
        {
            return [];
        }

        ImmutableArray<ItemSelector> matched = [.. SelectorsFor(shape.Name).Where(pair => items.Contains(pair.Item) && Carries(pair.Selector, resource))];
        return resource.Modifiers.All(name => matched.Any(pair => pair.Selector.Elements.Contains(name))) ? matched : [];
    }

    /// <summary>The mask for a resource that matched these selectors.</summary>
    internal MaskNode MaskFor(TypeShape shape, ImmutableArray<ItemSelector> matched, IEnumerable<string> masked)
    {
        string[] hidden = [.. masked.Distinct().Order(StringComparer.Ordinal)];
        var key = $"{shape.Name}|{string.Join(',', matched.Select(static pair => pair.Key))}|{string.Join(',', hidden)}";
        return masks.GetOrAdd(key, _ => MaskCompiler.Compile(shape.Definition, matched.Select(static pair => pair.Selector), hidden, catalogue.CodeLists));
    }

    private readonly Lazy<FrozenSet<string>> catalogueTypes = new(() => catalogue.Items.Values.SelectMany(static item => item.Selectors).Select(static selector => selector.ResourceType).ToFrozenSet());

    private bool Carries(FhirSelector selector, ResourceIndex resource) =>
        resource.Labels.All(label => OrdinaryLabels.Contains(label) || selector.AllowedSecurityLabels.Contains(label))
        && selector.Filters.All(filter => filter.Path == "meta.security"
            ? resource.Labels.Overlaps(filter.Codes)
            : resource.HasCoding(filter.Path, filter.System, code => filter.Codes.Contains(code)))
        && (selector.CodeBinding is not { } list
            || (catalogue.CodeLists.TryGetValue(list, out var codes) && resource.HasCoding("code", codes.System, code => codes.Codes.ContainsKey(code))));
}

/// <summary>A selector with the item it belongs to.</summary>
/// <param name="Item">The item.</param>
/// <param name="Place">Place of the selector in the item.</param>
/// <param name="Selector">The selector.</param>
internal sealed record ItemSelector(DataItemId Item, int Place, FhirSelector Selector)
{
    /// <summary>A name of the selector among all.</summary>
    internal string Key => $"{Item}#{Place}";
}
