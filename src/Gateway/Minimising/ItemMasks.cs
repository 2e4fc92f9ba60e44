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
    private readonly ConcurrentDictionary<string, TypeShape?> shapes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<ItemSelector>> selectors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<DataItemId>> items = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Type, bool IsSearchset), JsonGuide> guides = new();
    private readonly ConcurrentDictionary<(string Type, ulong Selectors, string Hidden), MaskNode> masks = new();

    private readonly FrozenSet<string> catalogueTypes = TypesWithinLimits(catalogue);

    internal CodeLabels Labels { get; } = new(catalogue);

    /// <summary>The shape of a type that the catalogue knows; null for any other.</summary>
    internal TypeShape? ShapeOf(string type) => type.Length <= 64 && catalogueTypes.Contains(type)
        ? shapes.GetOrAdd(type, static (name, own) => own.MakeShape(name), this)
        : null;

    /// <summary>All selectors for a type, in the order of item codes.</summary>
    internal ImmutableArray<ItemSelector> SelectorsFor(string type) => selectors.GetOrAdd(type, static (name, catalogue) =>
        [.. catalogue.Items.Values.OrderBy(static item => item.Id.Value, StringComparer.Ordinal)
            .SelectMany(item => item.Selectors.Select((selector, place) => new ItemSelector(item.Id, place, selector)))
            .Where(pair => pair.Selector.ResourceType == name)], catalogue);

    /// <summary>Items that have anything to do with a type.</summary>
    internal ImmutableArray<DataItemId> ItemsOf(string type) => items.GetOrAdd(type, static (name, own) => [.. own.SelectorsFor(name).Select(static pair => pair.Item).Distinct()], this);

    /// <summary>Types in which an item appears.</summary>
    internal IEnumerable<string> TypesOf(DataItemId item) =>
        catalogue.Items.TryGetValue(item, out var found) ? found.Selectors.Select(static selector => selector.ResourceType).Distinct() : [];

    /// <summary>The selectors of these items that a resource matches; none = the resource carries none of them and stays.</summary>
    internal static ImmutableArray<ItemSelector> Match(ResourceIndex resource, IReadOnlySet<DataItemId> items)
    {
        var met = resource.Met(resource.Shape.BitsOf(items));
        return [.. resource.Shape.Conditions.Selectors.Where((_, place) => (met >> place & 1) != 0)];
    }

    /// <summary>The masks for resources of a type, where these items may leave but not these paths.</summary>
    internal PermittedMasks For(TypeShape shape, IReadOnlySet<DataItemId> permitted, IEnumerable<string> masked) => new(this, shape, shape.BitsOf(permitted), HiddenKey(masked));

    /// <summary>The mask for a resource that matched these selectors.</summary>
    internal MaskNode MaskFor(TypeShape shape, ImmutableArray<ItemSelector> matched, IEnumerable<string> masked) =>
        MaskFor(shape, shape.Conditions.BitsWhere(matched.Contains), HiddenKey(masked));

    /// <summary>The mask for a resource that matched these selectors, one bit each.</summary>
    internal MaskNode MaskFor(TypeShape shape, ulong matched, string hidden) =>
        masks.TryGetValue((shape.Name, matched, hidden), out var known) ? known : masks.GetOrAdd((shape.Name, matched, hidden), Compile(shape, matched, hidden));

    private MaskNode Compile(TypeShape shape, ulong matched, string hidden) => MaskCompiler.Compile(
        shape.Definition,
        shape.Conditions.Selectors.Where((_, place) => (matched >> place & 1) != 0).Select(static pair => pair.Selector),
        hidden.Split(',', StringSplitOptions.RemoveEmptyEntries),
        catalogue.CodeLists,
        Labels);

    /// <summary>What is worth reading of a resource of a type, or of a searchset Bundle of such.</summary>
    internal JsonGuide GuideFor(TypeShape shape, bool isSearchset) =>
        guides.TryGetValue((shape.Name, isSearchset), out var known) ? known : guides.GetOrAdd((shape.Name, isSearchset), isSearchset
            ? ReadingGuides.ForSearchset(GuideFor(shape, isSearchset: false))
            : ReadingGuides.For(shape, MaskFor(shape, ulong.MaxValue, string.Empty)));

    /// <summary>With the shape the mask for all of its items is compiled, so that every name in it has its number before the first text of this type is read.</summary>
    private TypeShape? MakeShape(string type)
    {
        var shape = TypeShape.For(type, SelectorsFor(type), CodesOf, Labels);
        if (shape is not null)
        {
            MaskFor(shape, ulong.MaxValue, string.Empty);
        }

        return shape;
    }

    /// <summary>A catalogue that asks more of a type than can be told apart is refused when it is taken into use, not when the first resource comes.</summary>
    private static FrozenSet<string> TypesWithinLimits(LegalCatalogue catalogue)
    {
        var types = catalogue.Items.Values.SelectMany(static item => item.Selectors).GroupBy(static selector => selector.ResourceType).ToArray();
        foreach (var type in types)
        {
            TypeConditions.RequireRoomFor([.. type], type.Key);
        }

        return types.Select(static type => type.Key).ToFrozenSet();
    }

    private static string HiddenKey(IEnumerable<string> masked) => !masked.Any() ? string.Empty : string.Join(',', masked.Distinct().Order(StringComparer.Ordinal));

    private IEnumerable<(string System, string Code)> CodesOf(string list) =>
        catalogue.CodeLists.TryGetValue(list, out var codes) ? codes.Codes.Keys.Select(code => (codes.System, code)) : [];
}

/// <summary>A selector with the item it belongs to.</summary>
/// <param name="Item">The item.</param>
/// <param name="Place">Place of the selector in the item.</param>
/// <param name="Selector">The selector.</param>
internal sealed record ItemSelector(DataItemId Item, int Place, FhirSelector Selector);
