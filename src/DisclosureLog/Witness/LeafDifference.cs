// Where and how the leaves of a log differ from those seen before.
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Witness;

/// <summary>The first leaf that differs, and what the difference looks like.</summary>
/// <param name="Index">Place of that leaf.</param>
/// <param name="Kind"><see cref="EvidenceKind.Reordered"/>, <see cref="EvidenceKind.Edited"/> or <see cref="EvidenceKind.Forked"/>.</param>
public sealed record LeafDifference(long Index, EvidenceKind Kind)
{
    /// <summary>Compares leaf hashes of the same places; null where none differs.</summary>
    /// <param name="first">Place of the first of them.</param>
    /// <param name="seen">As seen before.</param>
    /// <param name="shown">As shown now.</param>
    public static LeafDifference? Find(long first, IReadOnlyList<Digest> seen, IReadOnlyList<Digest> shown)
    {
        var length = Math.Min(seen.Count, shown.Count);
        var differing = Enumerable.Range(0, length).Where(place => seen[place] != shown[place]).ToArray();
        if (differing.Length == 0)
        {
            return seen.Count > shown.Count ? new LeafDifference(first + length, EvidenceKind.Truncated) : null;
        }

        var start = differing[0];
        return new LeafDifference(first + start, KindOf(seen, shown, start, length, differing.Length));
    }

    /// <summary>The same leaves in another order; or some others between those that stayed; or nothing that stayed from the first difference on.</summary>
    private static EvidenceKind KindOf(IReadOnlyList<Digest> seen, IReadOnlyList<Digest> shown, int start, int length, int differing)
    {
        var before = seen.Skip(start).Take(length - start).GroupBy(static hash => hash).ToDictionary(static group => group.Key, static group => group.Count());
        var moved = shown.Skip(start).Take(length - start).GroupBy(static hash => hash).All(group => before.GetValueOrDefault(group.Key) == group.Count());
        return moved ? EvidenceKind.Reordered : differing < length - start ? EvidenceKind.Edited : EvidenceKind.Forked;
    }
}
