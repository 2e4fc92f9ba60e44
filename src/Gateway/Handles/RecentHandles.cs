// Handles of one recipient that were made lately, in bounded memory.
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Handles;

/// <summary>
/// Remembers at least the last so many handles and forgets older ones. The same thing always has the same handle, so forgetting is safe and remembering tells nothing that making it would not.
/// </summary>
/// <param name="most">How many are remembered at least; twice as many at most, or as many as the largest answer has more.</param>
internal sealed class RecentHandles(int most)
{
    private readonly Lock gate = new();
    private Dictionary<Owner, Dictionary<string, string>> young = [];
    private Dictionary<Owner, Dictionary<string, string>> old = [];
    private int youngCount;

    /// <summary>How many are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
            {
                return young.Values.Concat(old.Values).Sum(static handles => handles.Count);
            }
        }
    }

    /// <summary>Puts the handles that are remembered into their places.</summary>
    internal void Find(Owner owner, IReadOnlyList<string?> upstreamIds, Span<string?> handles)
    {
        lock (gate)
        {
            Find(young.GetValueOrDefault(owner), upstreamIds, handles);
            Find(old.GetValueOrDefault(owner), upstreamIds, handles);
        }
    }

    /// <summary>Remembers the handles of source ids.</summary>
    internal void Add(Owner owner, ReadOnlySpan<string> upstreamIds, ReadOnlySpan<string> handles)
    {
        lock (gate)
        {
            if (youngCount >= most)
            {
                (old, young, youngCount) = (young, [], 0);
            }

            if (!young.TryGetValue(owner, out var own))
            {
                young[owner] = own = new Dictionary<string, string>(upstreamIds.Length, StringComparer.Ordinal);
            }

            var before = own.Count;
            for (var one = 0; one < upstreamIds.Length; one++)
            {
                own[upstreamIds[one]] = handles[one];
            }

            youngCount += own.Count - before;
        }
    }

    private static void Find(Dictionary<string, string>? known, IReadOnlyList<string?> upstreamIds, Span<string?> handles)
    {
        for (var place = 0; known is not null && place < handles.Length; place++)
        {
            if (handles[place] is null && upstreamIds[place] is { } id && known.TryGetValue(id, out var handle))
            {
                handles[place] = handle;
            }
        }
    }

    /// <summary>Whose resources of a type, at which source.</summary>
    internal readonly record struct Owner(SystemId Source, string Type, ClientId Client);
}
