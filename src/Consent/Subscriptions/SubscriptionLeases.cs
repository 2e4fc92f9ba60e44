// Who looks after which subscription, and how far it has come.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Doors.Subscriptions;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Subscriptions;

/// <summary>
/// Gives subscriptions whose time has come to one replica of the gateway at a time. INVARIANT: what a lease says that is no longer the newest counts for nothing; and nothing on record about the client brings
/// a look forward, so that no two observations tell a change there from a change at the source.
/// </summary>
internal sealed class SubscriptionLeases(Database database, ConsentOptions options, TimeProvider clock)
{
    private const string Due = "s.ended_at IS NULL AND (s.leased_until IS NULL OR s.leased_until < @now) AND (s.due_at <= @now OR s.ends_at <= @now)";

    /// <summary>What is due, less what its subscriber or source has under way already: a receiver or source that is slow holds up its own and nobody else's. Whose source is full takes no place of its subscriber.</summary>
    private const string Next =
        $"""
        WITH under_way AS (SELECT subscriber, source FROM subscription WHERE leased_until >= @now AND ended_at IS NULL),
          of_subscribers AS (SELECT subscriber, COUNT(*) AS so_many FROM under_way GROUP BY subscriber),
          of_sources AS (SELECT source, COUNT(*) AS so_many FROM under_way GROUP BY source),
          first_choice AS (
            SELECT s.id, s.lease, s.due_at, s.source, COALESCE(b.so_many, 0) AS at_source, ROW_NUMBER() OVER (PARTITION BY s.subscriber ORDER BY s.due_at, s.id) + COALESCE(a.so_many, 0) AS place
            FROM subscription s LEFT JOIN of_subscribers a ON a.subscriber = s.subscriber LEFT JOIN of_sources b ON b.source = s.source
            WHERE {Due} AND COALESCE(b.so_many, 0) < @each_source),
          choice AS (SELECT id, lease, due_at, ROW_NUMBER() OVER (PARTITION BY source ORDER BY due_at, id) + at_source AS place FROM first_choice WHERE place <= @each_subscriber)
        SELECT id, lease FROM choice WHERE place <= @each_source ORDER BY due_at, id LIMIT @most
        """;

    private const string IsOld = "ended_at < @old";

    /// <summary>Leases subscriptions.</summary>
    public async Task<ImmutableArray<LeasedSubscription>> TakeAsync(SubscriptionsWanted wanted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        List<(string Id, long Lease)> due;
        bool isToBeCleared;
        await using (var session = await database.ReadAsync(cancellation))
        {
            due = await session.QueryAsync(
                Next,
                static row => (row.GetString(0), row.GetInt64(1)),
                cancellation,
                ("now", now.Column()),
                ("most", (long)wanted.Most),
                ("each_subscriber", (long)options.SubscriptionsAtOnceOfASystem),
                ("each_source", (long)options.SubscriptionsAtOnceOfASource));
            isToBeCleared = (await session.QueryAsync($"SELECT id FROM subscription WHERE {IsOld} LIMIT 1", static row => row.GetString(0), cancellation, ("old", Old(now)))).Count > 0;
        }

        if (isToBeCleared)
        {
            await ClearAsync(now, cancellation);
        }

        return due.Count == 0 ? [] : await LeaseAsync(due, now, now.AddSeconds(wanted.Seconds), cancellation);
    }

    /// <summary>Writes down how far a subscription has come; false where the lease is not the newest any more, or where it was ended meanwhile.</summary>
    public async Task<bool> SettleAsync(SettledSubscription settled, CancellationToken cancellation)
    {
        var (now, standing) = (clock.GetUtcNow(), settled.Standing);
        await using var session = await database.WriteAsync(cancellation);
        var rows = await session.ExecuteAsync(
            """
            UPDATE subscription SET state = @state, seen = @seen, events = @events, delivered = @delivered, told = @told, failures = @failures, changed_at = @changed_at, due_at = @due_at,
              leased_until = CASE WHEN @keeps = 1 THEN leased_until ELSE NULL END, ended_at = CASE WHEN @state = 'off' THEN @now ELSE NULL END
            WHERE id = @id AND lease = @lease AND ended_at IS NULL
            """,
            cancellation,
            ("id", settled.Id),
            ("lease", settled.Lease),
            ("keeps", settled.KeepsLease ? 1L : 0L),
            ("now", now.Column()),
            ("state", SubscriptionStore.Name(standing.State)),
            ("seen", standing.Seen),
            ("events", standing.Events),
            ("delivered", standing.Delivered),
            ("told", standing.IsTold ? 1L : 0L),
            ("failures", (long)standing.Failures),
            ("changed_at", standing.ChangedAt?.Column()),
            ("due_at", standing.DueAt.Column()));
        await session.CommitAsync(cancellation);
        return rows == 1;
    }

    /// <summary>Removes what ended long ago.</summary>
    private async Task ClearAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        await session.ExecuteAsync($"DELETE FROM subscription WHERE {IsOld}", cancellation, ("old", Old(now)));
        await session.CommitAsync(cancellation);
    }

    private string Old(DateTimeOffset now) => (now - options.SubscriptionsKeepEnded).Column();

    private async Task<ImmutableArray<LeasedSubscription>> LeaseAsync(List<(string Id, long Lease)> due, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var leased = ImmutableArray.CreateBuilder<LeasedSubscription>();
        await using var session = await database.WriteAsync(cancellation);
        foreach (var (id, lease) in due.OrderBy(static one => one.Id, StringComparer.Ordinal)) // everybody in one order, so that no two wait for each other
        {
            var rows = await session.ExecuteAsync(
                $"UPDATE subscription SET lease = lease + 1, leased_until = @until WHERE id = @id AND lease = @lease AND EXISTS (SELECT 1 FROM subscription s WHERE s.id = subscription.id AND {Due})",
                cancellation,
                ("id", id),
                ("lease", lease),
                ("now", now.Column()),
                ("until", until.Column()));
            if (rows == 1)
            {
                leased.AddRange(await ReadAsync(session, id, now, cancellation));
            }
        }

        await session.CommitAsync(cancellation);
        return leased.ToImmutable();
    }

    private static Task<List<LeasedSubscription>> ReadAsync(Session session, string id, DateTimeOffset now, CancellationToken cancellation) => session.QueryAsync(
        "SELECT id, lease, subscriber, ends_at, content, state, due_at, seen, events, delivered, told, failures, changed_at FROM subscription WHERE id = @id",
        row => new LeasedSubscription
        {
            Id = row.GetString(0),
            Lease = row.GetInt64(1),
            Subscriber = SystemId.Parse(row.GetString(2)),
            IsOver = row.Time(3) <= now,
            Content = row.GetFieldValue<byte[]>(4),
            Standing = new SubscriptionStanding
            {
                State = SubscriptionStore.StateIn(row.GetString(5)),
                DueAt = row.Time(6),
                Seen = row.BytesOrNull(7),
                Events = row.GetInt64(8),
                Delivered = row.GetInt64(9),
                IsTold = row.GetInt64(10) == 1,
                Failures = (int)row.GetInt64(11),
                ChangedAt = row.TimeOrNull(12),
            },
        },
        cancellation,
        ("id", id));
}
