// What watched logs did that they must not do.
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Witness;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Witnessing;

/// <summary>Keeps evidence until the operator settles it, and for ever after.</summary>
internal sealed class AlarmStore(Database database, ILogger<AlarmStore> log)
{
    private const string Columns = "id, origin, kind, first_seen, last_seen, times, settled_at, settled_why, evidence";

    /// <summary>Raises an alarm, or counts one of the same log and kind that stands already.</summary>
    public async Task RaiseAsync(LogEvidence evidence, CancellationToken cancellation)
    {
        var (origin, kind, at) = (evidence.Log.Name, LogEvidence.NameOf(evidence.Kind), evidence.SeenAt.Column());
        await using var session = await database.WriteAsync(cancellation);
        var counted = await session.ExecuteAsync(
            "UPDATE watched_alarm SET last_seen = @at, times = times + 1 WHERE origin = @origin AND kind = @kind AND settled_at IS NULL",
            cancellation,
            ("origin", origin),
            ("kind", kind),
            ("at", at));
        if (counted == 0)
        {
            await session.ExecuteAsync(
                "INSERT INTO watched_alarm (id, origin, kind, evidence, first_seen, last_seen, times) VALUES (@id, @origin, @kind, @evidence, @at, @at, 1)",
                cancellation,
                ("id", Guid.CreateVersion7().ToString("N")),
                ("origin", origin),
                ("kind", kind),
                ("evidence", evidence.ToString()),
                ("at", at));
        }

        await session.CommitAsync(cancellation);
        if (counted == 0)
        {
            Log.WatchedLogBroken(log, origin, kind);
        }
    }

    /// <summary>All alarms, those that stand first.</summary>
    public async Task<List<LogAlarm>> ListAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await session.QueryAsync($"SELECT {Columns} FROM watched_alarm ORDER BY CASE WHEN settled_at IS NULL THEN 0 ELSE 1 END, first_seen, id", Read, cancellation);
    }

    /// <summary>The evidence file of an alarm.</summary>
    public async Task<string?> FindEvidenceAsync(string id, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return (await session.QueryAsync("SELECT evidence FROM watched_alarm WHERE id = @id", static row => row.GetString(0), cancellation, ("id", id))).SingleOrDefault();
    }

    /// <summary>Settles an alarm; false where there is none that stands under this id.</summary>
    public async Task<bool> SettleAsync(string id, string why, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var rows = await session.ExecuteAsync(
            "UPDATE watched_alarm SET settled_at = @at, settled_why = @why WHERE id = @id AND settled_at IS NULL", cancellation, ("id", id), ("why", why), ("at", at.Column()));
        await session.CommitAsync(cancellation);
        return rows == 1;
    }

    private static LogAlarm Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Origin = row.GetString(1),
        Kind = row.GetString(2),
        FirstSeen = row.Time(3),
        LastSeen = row.Time(4),
        Times = row.GetInt64(5),
        SettledAt = row.TimeOrNull(6),
        SettledWhy = row.TextOrNull(7),
        Index = LogEvidence.TryRead(System.Text.Encoding.UTF8.GetBytes(row.GetString(8)), out var evidence) ? evidence.Index : null,
        Proven = evidence is not null && EvidenceVerifier.Verify(evidence) is EvidenceOutcome.Proven,
    };
}
