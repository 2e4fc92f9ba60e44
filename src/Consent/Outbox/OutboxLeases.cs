// Who sends which entry, and what became of it.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Outbox;

/// <summary>
/// Gives entries to one replica of the gateway at a time. INVARIANT: of the entries of one client on one way only the first is given out; and what a lease says that is no longer the newest
/// counts for nothing. What is leased has not been sent until the one who has it says that it begins.
/// </summary>
internal sealed class OutboxLeases(Database database, ConsentOptions options, TimeProvider clock)
{
    private const string Due =
        """
        FROM outbox_entry e WHERE e.content IS NOT NULL AND e.due_at <= @now AND (e.leased_until IS NULL OR e.leased_until < @now)
          AND (e.ended_at IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM outbox_entry b WHERE b.client = e.client AND b.sender = e.sender AND b.target = e.target AND b.ended_at IS NULL
              AND (b.held_at < e.held_at OR (b.held_at = e.held_at AND b.id < e.id))))
        """;

    /// <summary>An entry that is not sent any more, because it ended or because its time is over: it knocks at nobody.</summary>
    private const string Over = "(e.ended_at IS NOT NULL OR e.held_at < @oldest OR e.unclear >= @most_unclear)";

    private const long LargestAnswer = 4 * 1024 * 1024; // more than that at once may not get through in time; one entry always goes

    /// <summary>Leases entries whose time has come. What is not sent any more is given out whatever its target, and before the rest.</summary>
    public async Task<ImmutableArray<LeasedEntry>> TakeAsync(LeaseQuestion question, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var oldest = question.LongestWait < (now - DateTimeOffset.UnixEpoch).TotalSeconds ? now.AddSeconds(-question.LongestWait) : DateTimeOffset.UnixEpoch;
        List<(string Id, long Lease, bool IsOver, long Bytes)> due;
        await using (var session = await database.ReadAsync(cancellation))
        {
            due = await session.QueryAsync(
                $"""
                SELECT e.id, e.lease, CASE WHEN {Over} THEN 1 ELSE 0 END, e.bytes {Due} AND ({Over} OR NOT ({session.Dialect.IsAmong("e.target", "without")})) AND (@only = '' OR e.target = @only)
                ORDER BY CASE WHEN {Over} THEN 0 ELSE 1 END, e.due_at, e.held_at, e.id LIMIT @most
                """,
                static row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2) == 1, row.GetInt64(3)),
                cancellation,
                ("now", now.Column()),
                ("oldest", oldest.Column()),
                ("most_unclear", (long)question.MostUnclear),
                ("without", session.Dialect.Values(question.Without.Select(static target => target.Value))),
                ("only", question.Only?.Value ?? string.Empty),
                ("most", (long)question.Most));
        }

        return due.Count == 0 ? [] : await LeaseAsync(Within(due), now, now.AddSeconds(question.Seconds), cancellation);
    }

    /// <summary>Says that a leased entry is sent now; asked twice, it says the same. False where it was taken back, or where the lease is not the newest any more.</summary>
    public async Task<bool> BeginAsync(BeginSending begun, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var rows = await session.ExecuteAsync(
            "UPDATE outbox_entry SET state = 'sending', leased_until = @until WHERE id = @id AND lease = @lease AND ended_at IS NULL",
            cancellation,
            ("id", begun.Id),
            ("lease", begun.Lease),
            ("until", clock.GetUtcNow().AddSeconds(begun.Seconds).Column()));
        await session.CommitAsync(cancellation);
        return rows == 1;
    }

    /// <summary>Says what became of an entry; false where the lease is not the newest any more.</summary>
    public async Task<bool> SettleAsync(SettledEntry settled, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var session = await database.WriteAsync(cancellation);
        var rows = settled.DueAt is { } due
            ? await session.ExecuteAsync(
                "UPDATE outbox_entry SET state = CASE WHEN unclear + @unclear > 0 THEN 'unknown' ELSE 'waiting' END, unclear = unclear + @unclear, attempts = attempts + @tried, due_at = @due, leased_until = NULL "
                + "WHERE id = @id AND lease = @lease AND ended_at IS NULL",
                cancellation,
                [.. Of(settled), ("due", due.Column()), ("unclear", settled.State == OutboxState.Unknown && settled.IsTried ? 1L : 0L)])
            : await session.ExecuteAsync(
                "UPDATE outbox_entry SET state = @state, attempts = attempts + @tried, due_at = NULL, leased_until = NULL, ended_at = COALESCE(ended_at, @now), content = NULL, answer = @answer "
                + "WHERE id = @id AND lease = @lease AND content IS NOT NULL",
                cancellation,
                [.. Of(settled), ("state", OutboxStore.Name(settled.State)), ("now", now.Column()), ("answer", settled.Answer)]);
        await session.ExecuteAsync("DELETE FROM outbox_entry WHERE ended_at < @old AND content IS NULL", cancellation, ("old", (now - options.OutboxKeepEnded).Column()));
        await session.CommitAsync(cancellation);
        return rows == 1;
    }

    private static List<(string Id, long Lease, bool IsOver, long Bytes)> Within(List<(string Id, long Lease, bool IsOver, long Bytes)> due)
    {
        var sum = 0L;
        return [.. due.TakeWhile((one, place) => (sum += one.Bytes) <= LargestAnswer || place == 0)];
    }

    private async Task<ImmutableArray<LeasedEntry>> LeaseAsync(List<(string Id, long Lease, bool IsOver, long Bytes)> due, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var leased = ImmutableArray.CreateBuilder<LeasedEntry>();
        await using var session = await database.WriteAsync(cancellation);
        foreach (var (id, lease, isOver, _) in due.OrderBy(static one => one.Id, StringComparer.Ordinal)) // everybody in one order, so that no two wait for each other
        {
            // An entry that is still being sent under a lease which has ended may have arrived.
            var rows = await session.ExecuteAsync(
                $"UPDATE outbox_entry SET lease = lease + 1, leased_until = @until, unclear = unclear + CASE WHEN state = 'sending' THEN 1 ELSE 0 END, state = CASE WHEN state = 'sending' THEN 'unknown' ELSE state END "
                + $"WHERE id = @id AND lease = @lease AND EXISTS (SELECT 1 {Due} AND e.id = outbox_entry.id)",
                cancellation,
                ("id", id),
                ("lease", lease),
                ("now", now.Column()),
                ("until", until.Column()));
            if (rows == 1)
            {
                leased.AddRange((await ReadAsync(session, id, cancellation)).Select(one => one with { IsOver = isOver }));
            }
        }

        await session.CommitAsync(cancellation);
        return leased.ToImmutable();
    }

    private static Task<List<LeasedEntry>> ReadAsync(Session session, string id, CancellationToken cancellation) => session.QueryAsync(
        "SELECT id, lease, target, state, unclear, held_at, content FROM outbox_entry WHERE id = @id",
        static row => new LeasedEntry
        {
            Id = row.GetString(0),
            Lease = row.GetInt64(1),
            Target = SystemId.Parse(row.GetString(2)),
            State = OutboxStore.StateIn(row.GetString(3)),
            Unclear = (int)row.GetInt64(4),
            HeldAt = row.Time(5),
            Content = row.GetFieldValue<byte[]>(6),
        },
        cancellation,
        ("id", id));

    private static (string, object?)[] Of(SettledEntry settled) => [("id", settled.Id), ("lease", settled.Lease), ("tried", settled.IsTried ? 1L : 0L)];
}
