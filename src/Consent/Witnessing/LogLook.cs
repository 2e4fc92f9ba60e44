// One look at a followed log: does it continue what was seen before?
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Consent.Witnessing;

/// <summary>Reads checkpoint and tiles as anybody can, without the log's cooperation, and judges them by the state kept here.</summary>
internal sealed class LogLook(WatchedStore store, WitnessDesk desk, LeafKeeper leaves, AlarmStore alarms, TimeProvider clock)
{
    /// <summary>Looks once.</summary>
    public async Task<LookOutcome> LookAsync(WatchedLog log, RemoteLog remote, CancellationToken cancellation)
    {
        try
        {
            return await JudgeAsync(log, remote, cancellation);
        }
        catch (FormatException)
        {
            return LookOutcome.TilesDisagree;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return LookOutcome.Unreachable;
        }
    }

    private async Task<LookOutcome> JudgeAsync(WatchedLog log, RemoteLog remote, CancellationToken cancellation)
    {
        // What is kept is read first: a checkpoint that arrives meanwhile must not make the one read here look old.
        var seen = await store.FindAsync(log.Key.Name, cancellation);
        if (!Note.TryParse(await remote.ReadCheckpointAsync(cancellation), out var note) || !Checkpoint.TryOpen(note.ToString(), log.Key, out var shown))
        {
            return LookOutcome.NotSigned;
        }

        if (seen is null || shown.Size > seen.Checkpoint.Size)
        {
            return await JudgeGrowthAsync(log, remote, seen, (shown, note), cancellation);
        }

        var evidence = new LogEvidence { Kind = EvidenceKind.SplitView, Log = log.Key, Kept = seen.Note, Shown = note, SeenAt = clock.GetUtcNow() };
        return shown.Size < seen.Checkpoint.Size ? await RaiseAsync(await JudgeShorterAsync(remote, seen.Checkpoint, shown, evidence, cancellation), cancellation)
            : shown.Root != seen.Checkpoint.Root ? await RaiseAsync(await NameAsync(remote, shown, evidence, cancellation), cancellation)
            : await TakeInAsync(remote, log, (seen.Checkpoint, seen.Note), LookOutcome.Unchanged, cancellation);
    }

    private async Task<LookOutcome> JudgeGrowthAsync(WatchedLog log, RemoteLog remote, WatchedHead? seen, (Checkpoint Checkpoint, Note Note) shown, CancellationToken cancellation)
    {
        var hashes = new TileHashes(shown.Checkpoint.Size, remote.ReadTileAsync);
        if ((await CompactRange.FromAsync(shown.Checkpoint.Size, hashes.ReadAsync, cancellation)).Root() != shown.Checkpoint.Root)
        {
            return LookOutcome.TilesDisagree;
        }

        if (seen is { Checkpoint: { Size: > 0 } known })
        {
            var before = (await CompactRange.FromAsync(known.Size, hashes.ReadAsync, cancellation)).Root();
            var proof = await ConsistencyProof.MakeAsync(known.Size, shown.Checkpoint.Size, hashes.ReadAsync, cancellation);
            if (!proof.Verify(before, shown.Checkpoint.Root))
            {
                return LookOutcome.TilesDisagree;
            }

            if (before != known.Root)
            {
                var evidence = new LogEvidence { Kind = EvidenceKind.Forked, Log = log.Key, Kept = seen.Note, Shown = shown.Note, SeenAt = clock.GetUtcNow(), OtherRoot = before, Path = proof.Path };
                return await RaiseAsync(await NameAsync(remote, shown.Checkpoint, evidence, cancellation), cancellation);
            }
        }

        return await desk.AcceptAsync(seen, shown.Checkpoint, shown.Note, cancellation) is null
            ? LookOutcome.Unchanged // somebody else took in another one; the next look judges it
            : await TakeInAsync(remote, log, shown, LookOutcome.Grown, cancellation);
    }

    /// <summary>An older state: does the log still have what came after, and was the older state ever this one?</summary>
    private async Task<LogEvidence> JudgeShorterAsync(RemoteLog remote, Checkpoint known, Checkpoint shown, LogEvidence evidence, CancellationToken cancellation)
    {
        if (shown.Size > 0 && await leaves.ReadAllAsync(known.Origin, known.Size, cancellation) is { } kept)
        {
            HashSource hashes = (node, _) => ValueTask.FromResult(Root(kept.Take(((int)node.Index << node.Level)..((int)(node.Index + 1) << node.Level))));
            var before = Root(kept.Take((int)shown.Size));
            if (before != shown.Root)
            {
                var proof = await ConsistencyProof.MakeAsync(shown.Size, known.Size, hashes, cancellation);
                return await NameAsync(remote, shown, evidence with { Kind = EvidenceKind.Forked, OtherRoot = before, Path = proof.Path }, cancellation);
            }
        }

        var last = TileAddress.In(known.Size, 0, (known.Size - 1) / TileAddress.FullWidth)!.Value;
        var isThere = await remote.FindTileAsync(last, cancellation) is not null;
        return evidence with { Kind = isThere ? EvidenceKind.Replayed : EvidenceKind.Truncated, Index = shown.Size };
    }

    /// <summary>Takes in what was not taken in yet, then looks at old entries again, whether or not the log grew: a log that grows at every look is patrolled, too.</summary>
    private async Task<LookOutcome> TakeInAsync(RemoteLog remote, WatchedLog log, (Checkpoint Checkpoint, Note Note) head, LookOutcome outcome, CancellationToken cancellation)
    {
        if (!await leaves.CatchUpAsync(remote, head.Checkpoint, cancellation))
        {
            return LookOutcome.TilesDisagree;
        }

        return await leaves.PatrolAsync(remote, head.Checkpoint.Origin, cancellation) is { } difference
            ? await RaiseAsync(new LogEvidence { Kind = difference.Kind, Log = log.Key, Kept = head.Note, Shown = head.Note, SeenAt = clock.GetUtcNow(), Index = difference.Index }, cancellation)
            : outcome;
    }

    /// <summary>Says what the difference looks like, where the kept leaves tell; what is proven is proven without.</summary>
    private async Task<LogEvidence> NameAsync(RemoteLog remote, Checkpoint shown, LogEvidence evidence, CancellationToken cancellation)
    {
        try
        {
            return await leaves.CompareAsync(remote, shown, cancellation) is { } difference ? evidence with { Kind = difference.Kind, Index = difference.Index } : evidence;
        }
        catch (Exception fault) when (fault is FormatException or HttpRequestException)
        {
            return evidence;
        }
    }

    private async Task<LookOutcome> RaiseAsync(LogEvidence evidence, CancellationToken cancellation)
    {
        await alarms.RaiseAsync(evidence, cancellation);
        return LookOutcome.Alarm;
    }

    private static Digest Root(IEnumerable<Digest> hashes)
    {
        var range = new CompactRange();
        foreach (var hash in hashes)
        {
            range.Append(hash);
        }

        return range.Root();
    }
}
