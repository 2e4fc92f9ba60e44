// Which of the client's consents and prohibitions name an item.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Policy.Deciding;

/// <summary>By place on record, whether each names the item being judged. The memory is used again for the next item and the next request.</summary>
internal sealed class Naming
{
    private bool[] named = [];
    private int[] next = [];
    private int count;

    internal ReadOnlySpan<bool> Named => named.AsSpan(0, count);

    internal void Begin(int consents)
    {
        count = consents;
        if (named.Length < consents)
        {
            named = new bool[consents * 2];
            next = new int[consents * 2];
        }

        next.AsSpan(0, count).Clear();
    }

    internal void LookFor(DataItemId item, ImmutableArray<ConsentRecord> consents)
    {
        for (var index = 0; index < count; index++)
        {
            named[index] = Names(consents[index].Items.AsSpan(), item, ref next[index]);
        }
    }

    /// <summary>Consents mostly list items in the order in which they are asked for; so the search goes on where the last one ended.</summary>
    private static bool Names(ReadOnlySpan<DataItemId> items, DataItemId item, ref int next)
    {
        for (var step = 0; step < items.Length; step++)
        {
            var place = next + step < items.Length ? next + step : next + step - items.Length;
            if (items[place] == item)
            {
                next = place + 1;
                return true;
            }
        }

        return false;
    }
}
