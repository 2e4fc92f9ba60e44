// Rows of the outbox.
using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Outbox;

/// <summary>Keeps entries that wait. A row is open until <c>ended_at</c>; it has something left to do while it has content.</summary>
internal sealed class OutboxStore(Database database, ConsentOptions options, TimeProvider clock)
{
    private const int MostListed = 5000;
    private const string SameWay = "client = @client AND sender = @sender AND target = @target AND ended_at IS NULL";

    /// <summary>Takes an entry in, durable when this returns; not where there is no room, or where another content is open under its key. One that is open already keeps its content.</summary>
    /// <remarks>INVARIANT: what may have arrived once stays so, under whichever call of the same key it was sent, and whatever became of the entry meanwhile.</remarks>
    public async Task<HoldAnswer> HoldAsync(HeldEntry entry, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var answer = await JoinAsync(session, entry, cancellation);
        if (answer is null && await HasRoomAsync(session, entry, cancellation))
        {
            answer = await InsertAsync(session, entry, cancellation) ? await FindOpenAsync(session, entry, cancellation) : await JoinAsync(session, entry, cancellation); // somebody was quicker
        }

        await session.CommitAsync(cancellation);
        return answer ?? new HoldAnswer(IsHeld: false);
    }

    /// <summary>Says of an entry that it arrived by another call, or may have; false where nothing under its key is changed by it. What is open is sent again, and its target says what it said.</summary>
    public async Task<bool> ArriveAsync(ArrivedEntry arrived, CancellationToken cancellation)
    {
        if (await FindAsync(arrived.Id, cancellation) is null)
        {
            return false; // as nearly always: then nobody is kept waiting for a writer's turn
        }

        await using var session = await database.WriteAsync(cancellation);
        var isTold = await DoubtAsync(session, arrived.Id, arrived.Digest, cancellation)
            || await session.ExecuteAsync(
                "UPDATE outbox_entry SET state = @state, answer = @answer WHERE id = @id AND content IS NULL AND state IN ('refused', 'cancelled', 'expired') AND (digest IS NULL OR digest = @digest)",
                cancellation,
                ("id", arrived.Id),
                ("state", Name(arrived.State)),
                ("answer", arrived.Answer),
                ("digest", arrived.Digest)) == 1;
        await session.CommitAsync(cancellation);
        return isTold;
    }

    /// <summary>Adds a call to an entry that has something left to do; null where there is none. What was taken back and may have arrived all the same is open again.</summary>
    private static async Task<HoldAnswer?> JoinAsync(Session session, HeldEntry entry, CancellationToken cancellation)
    {
        var isKnown = !entry.IsUnclear || await DoubtAsync(session, entry.Id, entry.Digest, cancellation);
        var open = await FindOpenAsync(session, entry, cancellation);
        if (isKnown || open is null)
        {
            return open;
        }

        await DoubtAsync(session, entry.Id, entry.Digest, cancellation); // another call put it there between the two questions
        return await FindOpenAsync(session, entry, cancellation);
    }

    /// <summary>From now on an entry with something left to do may have arrived. A lease that knows nothing of it counts for nothing any more.</summary>
    private static async Task<bool> DoubtAsync(Session session, string id, byte[]? digest, CancellationToken cancellation) => await session.ExecuteAsync(
        $"""
        UPDATE outbox_entry SET unclear = unclear + 1, lease = lease + 1, state = CASE WHEN state = 'sending' THEN state ELSE 'unknown' END, ended_at = NULL
        WHERE id = @id AND content IS NOT NULL{(digest is null ? string.Empty : " AND (digest IS NULL OR digest = @digest)")}
        """,
        cancellation,
        digest is null ? [("id", id)] : [("id", id), ("digest", digest)]) == 1;

    private async Task<bool> InsertAsync(Session session, HeldEntry entry, CancellationToken cancellation)
    {
        var now = CanonicalTime.Cut(clock.GetUtcNow());

        // INVARIANT: a merge moves every entry that is open. It changes the row of the prior identity, so whichever of the two has that row first is seen by the other.
        await session.QueryAsync("SELECT client FROM client WHERE client = @client" + session.Dialect.ForUpdate, static row => row.GetString(0), cancellation, ("client", entry.Client.Reveal()));
        var client = await Clients.Identities.StandsForAsync(session, entry.Client, cancellation);
        // INVARIANT: on one way no two entries have the same time, so that their order is the order in which they were taken in.
        var latest = await session.QueryAsync($"SELECT MAX(held_at) FROM outbox_entry WHERE {SameWay}", static row => row.TimeOrNull(0), cancellation, WayOf(client, entry.Sender, entry.Target));
        var heldAt = latest[0] is { } last && last >= now ? last.AddMilliseconds(1) : now;
        var rows = await session.ExecuteAsync(
            """
            INSERT INTO outbox_entry (id, client, identity, sender, target, state, unclear, attempts, held_at, due_at, lease, bytes, content, digest)
            VALUES (@id, @client, @identity, @sender, @target, @state, @unclear, @attempts, @held_at, @due_at, 0, @bytes, @content, @digest)
            ON CONFLICT (id) DO UPDATE SET client = @client, identity = @identity, sender = @sender, target = @target, attempts = @attempts, held_at = @held_at, due_at = @due_at,
              unclear = CASE WHEN outbox_entry.unclear > 0 OR outbox_entry.state IN ('delivered', 'unknown') THEN 1 ELSE @unclear END,
              state = CASE WHEN outbox_entry.unclear > 0 OR outbox_entry.state IN ('delivered', 'unknown') THEN 'unknown' ELSE @state END,
              lease = outbox_entry.lease + 1, leased_until = NULL, ended_at = NULL, bytes = @bytes, content = @content, answer = NULL, digest = @digest
              WHERE outbox_entry.ended_at IS NOT NULL AND outbox_entry.content IS NULL
            """,
            cancellation,
            [
                .. WayOf(client, entry.Sender, entry.Target),
                ("id", entry.Id),
                ("identity", client == entry.Client ? null : entry.Client.Reveal()),
                ("state", Name(entry.IsUnclear ? OutboxState.Unknown : OutboxState.Waiting)),
                ("unclear", entry.IsUnclear ? 1L : 0L),
                ("attempts", entry.IsTried ? 1L : 0L),
                ("held_at", heldAt.Column()),
                ("due_at", entry.DueAt.Column()),
                ("bytes", (long)entry.Content.Length),
                ("content", entry.Content),
                ("digest", entry.Digest),
            ]);
        return rows == 1;
    }

    /// <summary>What stands before an entry.</summary>
    public async Task<AheadAnswer> FindAheadAsync(AheadQuestion question, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var self = await session.QueryAsync(
            "SELECT state, digest FROM outbox_entry WHERE id = @id AND ended_at IS NULL", static row => (State: StateIn(row.GetString(0)), Digest: row.BytesOrNull(1)), cancellation, ("id", question.Id));
        var behind = await session.QueryAsync(
            $"SELECT COUNT(*) FROM outbox_entry WHERE {SameWay} AND id <> @id", static row => row.GetInt64(0), cancellation, [.. WayOf(await Clients.Identities.StandsForAsync(session, question.Client, cancellation), question.Sender, question.Target), ("id", question.Id)]);
        return self is [var (state, digest)]
            ? new AheadAnswer(behind[0] > 0, state, IsOther(digest, question.Digest))
            : new AheadAnswer(behind[0] > 0);
    }

    /// <summary>One entry, with the answer for its sender.</summary>
    public async Task<OutboxEntry?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var rows = await session.QueryAsync(
            "SELECT id, sender, target, state, attempts, held_at, due_at, ended_at, answer FROM outbox_entry WHERE id = @id",
            static row => Read(row) with { Answer = row.BytesOrNull(8) },
            cancellation,
            ("id", id));
        return rows.SingleOrDefault();
    }

    /// <summary>Open entries, or all that are kept; oldest first, at most so many of those that came last.</summary>
    public async Task<OutboxList> ListAsync(bool withEnded, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var newest = await session.QueryAsync(
            $"SELECT id, sender, target, state, attempts, held_at, due_at, ended_at FROM outbox_entry {(withEnded ? string.Empty : "WHERE ended_at IS NULL ")}ORDER BY held_at DESC, id DESC LIMIT {MostListed + 1}", Read, cancellation);
        return new OutboxList { Entries = [.. newest.Take(MostListed).Reverse()], Complete = newest.Count <= MostListed };
    }

    /// <summary>Takes an entry back; false where its sending has begun, or where it has ended. What the log is to say of it is left to do.</summary>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var taken = await TakeBackAsync(session, id, clock.GetUtcNow(), cancellation);
        await session.CommitAsync(cancellation);
        return taken is not null;
    }

    /// <summary>Takes an entry back in a transaction; whose it was and where it was to go, or null.</summary>
    internal static async Task<(ClientId Client, SystemId Target)?> TakeBackAsync(Session session, string id, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = await session.ExecuteAsync(
            "UPDATE outbox_entry SET state = @cancelled, ended_at = @now, due_at = @now, leased_until = NULL WHERE id = @id AND state = @waiting AND unclear = 0 AND ended_at IS NULL",
            cancellation,
            ("id", id),
            ("now", now.Column()),
            ("waiting", Name(OutboxState.Waiting)),
            ("cancelled", Name(OutboxState.Cancelled)));
        return rows == 0 ? null : (await session.QueryAsync(
            "SELECT client, target FROM outbox_entry WHERE id = @id", static row => (ClientId.Parse(row.GetString(0)), SystemId.Parse(row.GetString(1))), cancellation, ("id", id)))[0];
    }

    /// <summary>What waits, by target.</summary>
    public async Task<ImmutableArray<OutboxQueue>> QueuesAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return [.. await session.QueryAsync(
            "SELECT target, COUNT(*), MIN(held_at) FROM outbox_entry WHERE ended_at IS NULL GROUP BY target ORDER BY target",
            static row => new OutboxQueue(SystemId.Parse(row.GetString(0)), (int)row.GetInt64(1), row.Time(2)),
            cancellation)];
    }

    /// <summary>A state as its row says it.</summary>
    internal static string Name(OutboxState state) => state.ToString().ToLowerInvariant();

    internal static OutboxState StateIn(string name) => Enum.GetValues<OutboxState>().First(state => Name(state) == name);

    /// <summary>INVARIANT: one sender never fills more than half, so that what waits for its target leaves room for everybody else's.</summary>
    private async Task<bool> HasRoomAsync(Session session, HeldEntry entry, CancellationToken cancellation)
    {
        var (count, used, own, ownUsed) = (await session.QueryAsync(
            """
            SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS bigint), COUNT(CASE WHEN sender = @sender THEN 1 END), CAST(COALESCE(SUM(CASE WHEN sender = @sender THEN bytes END), 0) AS bigint)
            FROM outbox_entry WHERE content IS NOT NULL
            """,
            static row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellation,
            ("sender", entry.Sender.Value)))[0];
        var bytes = entry.Content.Length;
        return count < options.OutboxEntries && used + bytes <= options.OutboxBytes && own < (options.OutboxEntries + 1) / 2 && ownUsed + bytes <= options.OutboxBytes / 2;
    }

    private static async Task<HoldAnswer?> FindOpenAsync(Session session, HeldEntry entry, CancellationToken cancellation) =>
        await session.QueryAsync("SELECT state, digest FROM outbox_entry WHERE id = @id AND ended_at IS NULL", static row => (StateIn(row.GetString(0)), row.BytesOrNull(1)), cancellation, ("id", entry.Id)) is not [var (state, digest)] ? null
        : IsOther(digest, entry.Digest) ? new HoldAnswer(IsHeld: false, IsOther: true)
        : new HoldAnswer(IsHeld: true, state);

    private static bool IsOther(byte[]? kept, byte[]? asked) => kept is not null && asked is not null && !CryptographicOperations.FixedTimeEquals(kept, asked);

    private static (string, object?)[] WayOf(ClientId client, SystemId sender, SystemId target) => [("client", client.Reveal()), ("sender", sender.Value), ("target", target.Value)];

    private static OutboxEntry Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Sender = SystemId.Parse(row.GetString(1)),
        Target = SystemId.Parse(row.GetString(2)),
        State = StateIn(row.GetString(3)),
        Attempts = (int)row.GetInt64(4),
        HeldAt = row.Time(5),
        DueAt = row.IsDBNull(7) ? row.TimeOrNull(6) : null,
        EndedAt = row.TimeOrNull(7),
    };
}
