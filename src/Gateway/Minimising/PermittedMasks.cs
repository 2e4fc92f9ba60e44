// The masks for one type under one decision.
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Minimising;

/// <summary>What may leave of resources of one type under one decision. Resources of a kind meet the same selectors, so the last mask is nearly always the next.</summary>
internal sealed class PermittedMasks(ItemMasks masks, TypeShape shape, ulong permitted, string hidden)
{
    private ulong last;
    private MaskNode? lastMask;

    /// <summary>The mask for a resource; null = it carries none of the items and stays.</summary>
    internal MaskNode? Find(ResourceIndex resource) => Find(resource, out _);

    /// <summary>The mask for a resource; null = it carries none of the items and stays.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="held">The permitted selectors of which it really holds something, one bit each.</param>
    internal MaskNode? Find(ResourceIndex resource, out ulong held)
    {
        var met = resource.Met(permitted);
        held = met & resource.Mentioned;
        if (met != last)
        {
            (last, lastMask) = (met, met == 0 ? null : masks.MaskFor(shape, met, hidden));
        }

        return lastMask;
    }

    /// <summary>The items of selectors.</summary>
    internal static IEnumerable<DataItemId> ItemsOf(TypeShape shape, ulong held) => shape.Conditions.ItemsOf(held);
}
