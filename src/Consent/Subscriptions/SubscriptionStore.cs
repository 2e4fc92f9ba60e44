// Rows of subscriptions, as their subscribers keep and end them.
using System.Collections.Immutable;
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Subscriptions;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Subscriptions;

/// <summary>Keeps subscriptions. A row runs until <c>ended_at</c>; what is asked in it only the gateway can read.</summary>
internal sealed class SubscriptionStore(Database database, ConsentOptions options, TimeProvider clock)
{
    private const string Own = "subscriber = @subscriber AND source = @source";

    /// <summary>Keeps a subscription, durable when this returns; false where its subscriber has as many as it may have, those that ended and can still be looked up among them. Kept twice, it is one.</summary>
    public async Task<bool> KeepAsync(NewSubscription kept, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        // INVARIANT: a merge moves every subscription. It changes the row of the prior identity, so whichever of the two has that row first is seen by the other.
        await session.QueryAsync("SELECT client FROM client WHERE client = @client" + session.Dialect.ForUpdate, static row => row.GetString(0), cancellation, ("client", kept.Client.Reveal()));
        var client = await Clients.Identities.StandsForAsync(session, kept.Client, cancellation);
        var others = await session.QueryAsync("SELECT COUNT(*) FROM subscription WHERE subscriber = @subscriber AND id <> @id", static row => row.GetInt64(0), cancellation, ("subscriber", kept.Subscriber.Value), ("id", kept.Id));
        if (others[0] >= options.SubscriptionsOfASystem)
        {
            return false;
        }

        await InsertAsync(session, kept, client, cancellation);
        await session.CommitAsync(cancellation);
        return true;
    }

    /// <summary>A system's own subscriptions to one source, or one of them; oldest first.</summary>
    public async Task<ImmutableArray<SubscriptionShown>> FindAsync(SubscriptionQuestion question, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return [.. await session.QueryAsync(
            $"SELECT id, state, content, events, ends_at FROM subscription WHERE {Own} AND (@id = '' OR id = @id) ORDER BY kept_at, id",
            Read,
            cancellation,
            ("subscriber", question.Subscriber.Value),
            ("source", question.Source.Value),
            ("id", question.Id ?? string.Empty))];
    }

    /// <summary>Removes a subscription of a system; false where it has none such.</summary>
    public async Task<bool> EndAsync(EndSubscription end, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var rows = await session.ExecuteAsync($"DELETE FROM subscription WHERE id = @id AND {Own}", cancellation, ("id", end.Id), ("subscriber", end.Subscriber.Value), ("source", end.Source.Value));
        await session.CommitAsync(cancellation);
        return rows == 1;
    }

    /// <summary>A state as its row says it.</summary>
    internal static string Name(SubscriptionState state) => state.ToString().ToLowerInvariant();

    internal static SubscriptionState StateIn(string name) => Enum.GetValues<SubscriptionState>().First(state => Name(state) == name);

    private async Task InsertAsync(Session session, NewSubscription kept, ClientId client, CancellationToken cancellation)
    {
        var now = CanonicalTime.Cut(clock.GetUtcNow());
        await session.ExecuteAsync(
            """
            INSERT INTO subscription (id, client, identity, subscriber, source, state, content, events, delivered, told, failures, kept_at, ends_at, due_at, lease)
            VALUES (@id, @client, @identity, @subscriber, @source, 'requested', @content, 0, 0, 0, 0, @now, @ends_at, @now, 0) ON CONFLICT (id) DO NOTHING
            """,
            cancellation,
            ("id", kept.Id),
            ("client", client.Reveal()),
            ("identity", client == kept.Client ? null : kept.Client.Reveal()),
            ("subscriber", kept.Subscriber.Value),
            ("source", kept.Source.Value),
            ("content", kept.Content),
            ("now", now.Column()),
            ("ends_at", kept.EndsAt.Column()));
    }

    private static SubscriptionShown Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        State = StateIn(row.GetString(1)),
        Content = row.GetFieldValue<byte[]>(2),
        Events = row.GetInt64(3),
        EndsAt = row.Time(4),
    };
}
