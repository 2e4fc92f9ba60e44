// Who looks after which subscription, and how far it has come.
using System.Collections.Immutable;
using Sisote.Consent.Changes;
using Sisote.Consent.Storage;
using Sisote.Doors.Subscriptions;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Subscriptions;

/// <summary>
/// Gives subscriptions to one replica of the gateway at a time: those whose time has come, and those whose client's state has changed since they were looked after. INVARIANT: what a lease says that is
/// no longer the newest counts for nothing.
/// </summary>
internal sealed class SubscriptionLeases(Database database, ConsentOptions options, TimeProvider clock)
{
    /// <summary>A change brings forward what waits for its time; not what waits to be sent again, which is looked at anew when it has arrived.</summary>
    private const string Due =
        """
        s.ended_at IS NULL AND (s.leased_until IS NULL OR s.leased_until < @now) AND (s.due_at <= @now OR s.ends_at <= @now
          OR (s.failures = 0 AND s.seen IS NOT NULL AND (EXISTS (SELECT 1 FROM change_event c WHERE c.client = s.client AND c.number > s.looked) OR EXISTS (SELECT 1 FROM change_event c WHERE c.client IS NULL AND c.number > s.looked))))
        """;

    /// <summary>Leases subscriptions.</summary>
    public async Task<ImmutableArray<LeasedSubscription>> TakeAsync(SubscriptionsWanted wanted, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        List<(string Id, long Lease)> due;
        await using (var session = await database.ReadAsync(cancellation))
        {
            due = await session.QueryAsync($"SELECT s.id, s.lease FROM subscription s WHERE {Due} ORDER BY s.due_at, s.id LIMIT @most", static row => (row.GetString(0), row.GetInt64(1)), cancellation, ("now", now.Column()), ("most", (long)wanted.Most));
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
        await session.ExecuteAsync("DELETE FROM subscription WHERE ended_at < @old", cancellation, ("old", (now - options.SubscriptionsKeepEnded).Column()));
        await session.CommitAsync(cancellation);
        return rows == 1;
    }

    private async Task<ImmutableArray<LeasedSubscription>> LeaseAsync(List<(string Id, long Lease)> due, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var leased = ImmutableArray.CreateBuilder<LeasedSubscription>();
        await using var session = await database.WriteAsync(cancellation);
        var newest = await ChangeStore.NewestAsync(session, cancellation);
        foreach (var (id, lease) in due.OrderBy(static one => one.Id, StringComparer.Ordinal)) // everybody in one order, so that no two wait for each other
        {
            var rows = await session.ExecuteAsync(
                $"UPDATE subscription SET lease = lease + 1, leased_until = @until, looked = @newest WHERE id = @id AND lease = @lease AND EXISTS (SELECT 1 FROM subscription s WHERE s.id = subscription.id AND {Due})",
                cancellation,
                ("id", id),
                ("lease", lease),
                ("now", now.Column()),
                ("newest", newest),
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
            IsPrompted = row.Time(6) > now,
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
