// All that may go from one sender to one recipient, by purpose and direction.
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Deciding;

/// <summary>Sender and recipient by number; one key finds everything between them.</summary>
internal readonly record struct Ends(ushort FromSector, ushort FromRole, ushort ToSector, ushort ToRole)
{
    internal ulong Key => ((ulong)FromSector << 48) | ((ulong)FromRole << 32) | ((ulong)ToSector << 16) | ToRole;
}

/// <summary>The flows between two ends.</summary>
internal sealed class Corridor
{
    /// <summary>The place of flows without a purpose; the purposes follow by number.</summary>
    internal const int NoPurpose = 0;

    private const int Directions = 3;
    private static readonly Direction[] EveryDirection = Enum.GetValues<Direction>();
    private readonly Flow[]?[] flows;

    internal Corridor(int purposes, IEnumerable<IGrouping<(int Purpose, Direction Direction), Flow>> groups)
    {
        flows = new Flow[]?[purposes * Directions];
        foreach (var group in groups)
        {
            flows[(group.Key.Purpose * Directions) + (int)group.Key.Direction] = [.. group];
        }
    }

    /// <summary>The flows for a purpose by number (-1 = one that the law does not know) and a direction.</summary>
    internal Flow[] Find(int purpose, Direction direction) =>
        purpose >= 0 && (uint)direction < Directions && flows[(purpose * Directions) + (int)direction] is { } found ? found : [];

    /// <summary>What would be needed for an item between these ends: another direction, another purpose, or nothing helps.</summary>
    internal (ReasonClass Reason, RuleId? Rule) Nearest(int asked, Direction direction, KnownItem item)
    {
        foreach (var turned in EveryDirection)
        {
            if (FirstWith(item, Find(asked, turned)) is { } flow)
            {
                return (ReasonClass.WrongDirection, flow.Rule.Id);
            }
        }

        for (var purpose = NoPurpose + 1; purpose < flows.Length / Directions; purpose++)
        {
            if (FirstWith(item, Find(purpose, direction)) is { } flow)
            {
                return (ReasonClass.WrongPurpose, flow.Rule.Id);
            }
        }

        return (ReasonClass.NoRule, null);
    }

    private static Flow? FirstWith(KnownItem item, Flow[] flows)
    {
        foreach (var flow in flows)
        {
            if (flow.Carries(item))
            {
                return flow;
            }
        }

        return null;
    }
}
