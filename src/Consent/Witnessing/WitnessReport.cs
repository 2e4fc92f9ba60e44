// What the operator is told of witnesses, and whether entries wait too long for them.
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Witnessing;

/// <summary>Reads all of it from the database, so that every replica says the same.</summary>
internal sealed class WitnessReport(WitnessingPlan plan, WatchedStore watched, CosignatureStore cosignatures, AlarmStore alarms, WitnessReport.Sources sources)
{
    /// <summary>Everything.</summary>
    public async Task<WitnessStatus> ReadAsync(CancellationToken cancellation)
    {
        await using var session = await sources.Database.ReadAsync(cancellation);
        var edge = await LogEdge.ReadAsync(session, cancellation);
        var calls = (await CosignatureStore.ListAsync(session, cancellation)).ToDictionary(static status => status.Name, StringComparer.Ordinal);
        var cosigned = await cosignatures.FindNewestSizeAsync(session, cancellation);
        return new WitnessStatus
        {
            LogKey = sources.Log.Verifier.ToString(),
            WitnessKey = sources.Key.Signer?.Verifier.ToString(),
            Size = edge.Range.Size,
            CosignedSize = cosigned,
            Quorum = plan.Quorum.Needed,
            Overdue = await IsOverdueAsync(session, edge.Range.Size, cosigned, cancellation),
            Asked = [.. plan.Asks.Select(asked => calls.GetValueOrDefault(asked.Key.Name) ?? new AskedWitnessStatus { Name = asked.Key.Name, Size = 0 })],
            Watched = [.. await Task.WhenAll(plan.Watches.Values.OrderBy(static log => log.Key.Name, StringComparer.Ordinal).Select(log => ReadAsync(log, cancellation)))],
            Alarms = [.. await alarms.ListAsync(cancellation)],
        };
    }

    /// <summary>none (no witness is needed), enough, overdue, or contradicted: a witness says that this log is not the one it saw.</summary>
    public async Task<string> StandingAsync(CancellationToken cancellation)
    {
        if (plan.Asks.IsEmpty)
        {
            return "none";
        }

        await using var session = await sources.Database.ReadAsync(cancellation);
        var names = plan.Asks.Select(static asked => asked.Key.Name).ToHashSet(StringComparer.Ordinal);
        if ((await CosignatureStore.ListAsync(session, cancellation)).Any(status => names.Contains(status.Name) && status.Outcome is ("ahead" or "contradicted")))
        {
            return "contradicted";
        }

        var (size, cosigned) = ((await LogEdge.ReadAsync(session, cancellation)).Range.Size, await cosignatures.FindNewestSizeAsync(session, cancellation));
        return plan.Quorum.Needed == 0 ? "none" : await IsOverdueAsync(session, size, cosigned, cancellation) ? "overdue" : "enough";
    }

    private async Task<bool> IsOverdueAsync(Session session, long size, long? cosigned, CancellationToken cancellation)
    {
        if (plan.Quorum.Needed == 0 || size <= (cosigned ?? 0))
        {
            return plan.Quorum.Needed > 0 && size < (cosigned ?? 0); // shorter than what was cosigned: the log was rolled back
        }

        var first = await LogTable.FindAsync(session, cosigned ?? 0, cancellation);
        return first is null || sources.Tools.Clock.GetUtcNow() - first.Leaf.Time > sources.Tools.Options.WitnessPatience;
    }

    private async Task<WatchedLogStatus> ReadAsync(WatchedLog log, CancellationToken cancellation)
    {
        var head = await watched.FindAsync(log.Key.Name, cancellation);
        var look = await watched.LastLookAsync(log.Key.Name, cancellation);
        return new WatchedLogStatus { Origin = log.Key.Name, Size = head?.Checkpoint.Size, CosignedAt = head?.CosignedAt, Look = look?.Outcome, LookedAt = look?.At };
    }

    /// <summary>Where the report comes from besides the witness tables.</summary>
    internal sealed record Sources(Database Database, NoteSigner Log, WitnessKey Key, WitnessTools Tools);
}
