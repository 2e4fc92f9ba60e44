// What a search asks of the resources that may leave.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Gateway.Handles;

namespace Sisote.Gateway.Searching;

/// <summary>
/// Conditions and order of a search. INVARIANT: it is held against resources as they leave for this recipient, minimised and with handles, and it does nothing but leave some of them out and put the
/// rest in order: what an answer tells, the answer to the same search without parameters would tell as well.
/// </summary>
internal sealed record Question(ImmutableArray<SearchCondition> Conditions, ImmutableArray<SortOrder> Sorts)
{
    /// <summary>Asks for everything, in the order of handles.</summary>
    internal static readonly Question Everything = new([], []);

    internal bool IsEverything => Conditions.IsEmpty && Sorts.IsEmpty;

    /// <summary>Whether a resource is asked for, and by what it is sorted.</summary>
    internal bool Asks(ReadOnlyMemory<byte> resource, out ImmutableArray<SortKey> keys)
    {
        keys = [];
        if (IsEverything)
        {
            return true;
        }

        using var document = JsonDocument.Parse(resource);
        var root = document.RootElement;
        if (!Conditions.All(condition => condition.Holds(root)))
        {
            return false;
        }

        keys = [.. Sorts.Select(sort => SortKey.Of(sort.Parameter, sort.IsFalling, root))];
        return true;
    }

    /// <summary>Compares two places in the answer. What has nothing to be sorted by comes last in either direction; handles decide between equals, since the order of a source could tell of what stays.</summary>
    internal int Compare(Position one, Position other)
    {
        for (var place = 0; place < Sorts.Length; place++)
        {
            var (mine, yours) = (one.Keys[place], other.Keys[place]);
            var order = mine.IsMissing || yours.IsMissing ? mine.IsMissing.CompareTo(yours.IsMissing) : Sorts[place].IsFalling ? yours.CompareTo(mine) : mine.CompareTo(yours);
            if (order != 0)
            {
                return order;
            }
        }

        var start = HandleText.Start(one.Handle).CompareTo(HandleText.Start(other.Handle));
        return start != 0 ? start : string.CompareOrdinal(one.Handle, other.Handle);
    }
}

/// <summary>A place in the order of an answer.</summary>
/// <param name="Keys">What is sorted by.</param>
/// <param name="Handle">The handle, different for every resource.</param>
internal readonly record struct Position(ImmutableArray<SortKey> Keys, string Handle);
