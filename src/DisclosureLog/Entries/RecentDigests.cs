// Digests met lately, in bounded memory.
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Entries;

/// <summary>Remembers at least the last so many digests and forgets older ones. Forgetting is always safe: who asks then asks the database.</summary>
/// <param name="most">How many are remembered at least; twice as many at most.</param>
public sealed class RecentDigests(int most)
{
    private readonly Lock gate = new();
    private HashSet<Digest> young = [];
    private HashSet<Digest> old = [];

    /// <summary>Whether a digest was met lately.</summary>
    public bool Contains(Digest digest)
    {
        lock (gate)
        {
            return young.Contains(digest) || old.Contains(digest);
        }
    }

    /// <summary>Remembers a digest.</summary>
    public void Add(Digest digest)
    {
        lock (gate)
        {
            if (young.Count >= most)
            {
                (old, young) = (young, []);
            }

            young.Add(digest);
        }
    }

    /// <summary>Forgets a digest.</summary>
    public void Remove(Digest digest)
    {
        lock (gate)
        {
            young.Remove(digest);
            old.Remove(digest);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (gate)
        {
            young.Clear();
            old.Clear();
        }
    }
}
