// The checkpoints that somebody kept, held against a tree while it grows.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>Each kept checkpoint must be a state that the tree goes through.</summary>
internal sealed class KeptCheckpoints
{
    private readonly ILookup<long, Checkpoint> bySize;

    private KeptCheckpoints(IEnumerable<Checkpoint> checkpoints) => bySize = checkpoints.ToLookup(static checkpoint => checkpoint.Size);

    /// <summary>Opens kept notes; null where one of them is not signed by this log.</summary>
    internal static KeptCheckpoints? Open(IEnumerable<Note> notes, NoteVerifier log)
    {
        var opened = notes.Select(note => Checkpoint.TryOpen(note.ToString(), log, out var checkpoint) ? checkpoint : null).ToArray();
        return opened.Contains(null) ? null : new KeptCheckpoints(opened!);
    }

    /// <summary>Whether one of them covers more than the bundle does.</summary>
    internal bool ReachBeyond(long size) => bySize.Any(group => group.Key > size);

    /// <summary>Whether the tree, as large as it is now, is what was signed at that size.</summary>
    internal bool Allow(CompactRange tree) => !bySize.Contains(tree.Size) || bySize[tree.Size].All(checkpoint => checkpoint.Root == tree.Root());
}
