// Which elements of an item a mask keeps back.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Cells;

internal static class MaskedElements
{
    /// <summary>The elements of the mask that touch the item.</summary>
    internal static ImmutableArray<string> Of(Prohibition mask, DataItem item)
    {
        var carried = Elements(item).ToArray();
        return [.. mask.Mask.Where(masked => carried.Any(element => IsWithin(element, masked) || IsWithin(masked, element)))];
    }

    /// <summary>Whether nothing of the item is left when all these elements are kept back.</summary>
    internal static bool HideAll(IReadOnlyCollection<string> masked, DataItem item) => Elements(item).All(element => masked.Any(mask => IsWithin(element, mask)));

    private static IEnumerable<string> Elements(DataItem item) =>
        item.Selectors.SelectMany(static selector => selector.Elements.Select(element => $"{selector.ResourceType}.{element}"));

    private static bool IsWithin(string element, string outer) => element == outer || element.StartsWith(outer + ".", StringComparison.Ordinal);
}
