// The way from a leaf to the root that both kinds of proof take.
namespace Sisote.DisclosureLog.Tree;

/// <summary>Tells at each hash of a proof on which side it stands. RFC 9162 §2.1.3.2 and §2.1.4.2 (fn and sn).</summary>
/// <param name="start">Place of the node where the way starts.</param>
/// <param name="end">Place of the last node of that height.</param>
internal struct ProofWalk(long start, long end)
{
    private long at = start;
    private long last = end;

    /// <summary>Whether the root is reached: no further hash belongs to the proof.</summary>
    internal readonly bool IsAtRoot => last == 0;

    /// <summary>Climbs past the next hash of the proof; true where that hash stands on the left.</summary>
    internal bool Climb()
    {
        var isLeft = (at & 1) == 1 || at == last;
        while (isLeft && (at & 1) == 0 && at != 0)
        {
            Rise();
        }

        Rise();
        return isLeft;
    }

    private void Rise() => (at, last) = (at >> 1, last >> 1);
}
