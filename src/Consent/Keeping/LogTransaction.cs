// One transaction of the log's writer: state changes and the entries that tell of them.
using Sisote.Consent.Changes;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Keeping;

/// <summary>
/// What may be done while holding the log's edge. All writers of all replicas stand in one line here, so what is read is current until the commit:
/// that is what makes a withdrawal and a disclosure linearizable (design.md 2).
/// </summary>
internal sealed class LogTransaction
{
    private const string AgreementsRevisionName = "agreements-revision";
    private const string WritesProbedName = "writes-probed";

    private readonly NoteSigner signer;
    private readonly CompactRange range;
    private readonly long sizeBefore;
    private readonly Dictionary<ClientId, ClientMark> marks = [];
    private readonly Dictionary<string, LoggedEntry?> known = [];
    private readonly NewEntries pending = new();
    private readonly HashSet<Digest> newInputs = [];
    private readonly List<(ChangeKind Kind, ClientId? Client, long Revision)> changes = [];

    private DateTimeOffset leafTime;

    private LogTransaction(Session session, CompactRange range, NoteSigner signer, DateTimeOffset now, long agreementsRevision) =>
        (Session, this.range, this.signer, Now, AgreementsRevision, sizeBefore) = (session, range, signer, now, agreementsRevision, range.Size);

    /// <summary>The database transaction.</summary>
    public Session Session { get; }

    /// <summary>The instant of the transaction, taken while holding the edge: what decides is held against this clock.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>How many entries the log has, with those appended here.</summary>
    public long Size => range.Size;

    /// <summary>The first entry that was appended here; null where none was.</summary>
    public LoggedEntry? First { get; private set; }

    /// <summary>Current revision of the agreements.</summary>
    public long AgreementsRevision { get; private set; }

    /// <summary>Whether anything that decides was changed here.</summary>
    public bool HasChanges => changes.Count > 0;

    /// <summary>Inputs of decisions that entries of this transaction commit to: their rows are written at its end, so nobody finds them in the database before.</summary>
    public IReadOnlySet<Digest> NewInputs => newInputs;

    /// <summary>Waits for the edge.</summary>
    public static async Task<LogTransaction> BeginAsync(Session session, NoteSigner signer, TimeProvider clock, CancellationToken cancellation)
    {
        var range = await LogEdge.LockAsync(session, cancellation);
        var agreements = await ReadAgreementsRevisionAsync(session, cancellation);
        var last = await LastTimeAsync(session, range.Size, cancellation);
        return new LogTransaction(session, range, signer, CanonicalTime.Cut(clock.GetUtcNow()), agreements) { leafTime = last };
    }

    /// <summary>When the log took its last entry in.</summary>
    private static async Task<DateTimeOffset> LastTimeAsync(Session session, long size, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT leaf_time FROM log_entry WHERE leaf_index = @last", static row => row.Time(0), cancellation, ("last", size - 1))).SingleOrDefault();

    /// <summary>The revision of the agreements in some view of the database.</summary>
    public static async Task<long> ReadAgreementsRevisionAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT value FROM room_value WHERE name = @name", static row => row.GetInt64(0), cancellation, ("name", AgreementsRevisionName))).SingleOrDefault();

    /// <summary>Reads what many pieces of work will ask for, in few questions.</summary>
    public async Task PrefetchAsync(IReadOnlyCollection<ClientId> clients, IReadOnlyCollection<string> entryIds, CancellationToken cancellation)
    {
        var found = await ClientStore.MarksAsync(Session, clients, cancellation);
        foreach (var client in clients)
        {
            marks[client] = found.GetValueOrDefault(client);
        }

        foreach (var id in entryIds)
        {
            known[id] = null;
        }

        foreach (var logged in await LogTable.FindAsync(Session, entryIds, cancellation))
        {
            known[logged.EntryId] = logged;
        }
    }

    /// <summary>The client's current revision.</summary>
    public async ValueTask<long> RevisionAsync(ClientId client, CancellationToken cancellation) => (await MarkAsync(client, cancellation)).Revision;

    /// <summary>Makes sure that the client has a row, and that the identifier is known where it is given; asks the database only where something is missing.</summary>
    public async Task EnsureAsync(ClientStore clients, ClientId client, Hetu? identifier, CancellationToken cancellation)
    {
        var mark = await MarkAsync(client, cancellation);
        if (!mark.IsOnRecord || (identifier is not null && !mark.IsIdentified))
        {
            await clients.EnsureAsync(Session, client, identifier, cancellation);
            marks[client] = mark with { IsOnRecord = true, IsIdentified = mark.IsIdentified || identifier is not null };
        }
    }

    /// <summary>The key that stands for the client: the client's own, or that of whom the client was merged into.</summary>
    public async ValueTask<ClientId> StandsForAsync(ClientId client, CancellationToken cancellation) => (await MarkAsync(client, cancellation)).MergedInto ?? client;

    /// <summary>From now on the clients stand for this one, or, where it is null, each for itself; they have rows.</summary>
    public async Task MergeAsync(IReadOnlyCollection<ClientId> some, ClientId? into, CancellationToken cancellation)
    {
        foreach (var client in some)
        {
            await Session.ExecuteAsync("UPDATE client SET merged_into = @into WHERE client = @client", cancellation, ("client", client.Reveal()), ("into", into?.Reveal()));
            marks[client] = await MarkAsync(client, cancellation) with { MergedInto = into };
        }
    }

    /// <summary>Raises the client's revision; the client has a row.</summary>
    public async Task RaiseAsync(ClientId client, ChangeKind kind, CancellationToken cancellation)
    {
        var mark = await MarkAsync(client, cancellation);
        if (mark.MergedInto is not null)
        {
            throw new InvalidOperationException("Nothing changes under a key that does not stand for itself."); // fail closed: it would be found by nobody
        }

        await ClientStore.RaiseAsync(Session, client, cancellation);
        marks[client] = mark with { Revision = mark.Revision + 1 };
        changes.Add((kind, client, mark.Revision + 1));
    }

    /// <summary>Raises the revision of the agreements.</summary>
    public async Task RaiseAgreementsAsync(CancellationToken cancellation)
    {
        await Session.ExecuteAsync(
            "INSERT INTO room_value (name, value) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET value = room_value.value + 1",
            cancellation,
            ("name", AgreementsRevisionName));
        AgreementsRevision++;
        changes.Add((ChangeKind.Agreements, null, AgreementsRevision));
    }

    /// <summary>The entry with this id, whether it stood in the log before or was appended just now.</summary>
    public async ValueTask<LoggedEntry?> FindAsync(string entryId, CancellationToken cancellation)
    {
        if (!known.TryGetValue(entryId, out var logged))
        {
            logged = await LogTable.FindAsync(Session, entryId, cancellation);
            known[entryId] = logged;
        }

        return logged;
    }

    /// <summary>Gives an entry its place. Its id must be new.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sealedBefore">Its bytes and commitment, where they were made before.</param>
    /// <param name="sides">Organisations that it concerns beside its two sides.</param>
    public LoggedEntry Append(LogEntry entry, SealedRecord? sealedBefore = null, IEnumerable<OrganisationId>? sides = null)
    {
        var (record, salt, commitment) = sealedBefore ?? SealedRecord.Of(entry);
        // INVARIANT: times of leaves never run backwards: where the clock was set back, or another replica's is ahead, they stand still until it has caught up.
        leafTime = leafTime > Now ? leafTime : Now;
        var leaf = new LeafEntry { Seq = range.Size, Time = leafTime, Commitment = commitment };
        var logged = new LoggedEntry { EntryId = entry.Id, Leaf = leaf, LeafHash = leaf.Hash(), Record = record, Salt = salt };
        range.Append(logged.LeafHash, KeepRoot);
        First ??= logged;
        known[entry.Id] = logged;
        pending.Add(logged, entry, sides ?? []);
        if (entry.Inputs is { } inputs)
        {
            newInputs.Add(inputs);
        }

        return logged;
    }

    /// <summary>Writes something that means nothing: whether the database takes writes at all. (Writing a value that stands there already would not do: SQLite leaves the page alone.)</summary>
    public Task TouchAsync(CancellationToken cancellation) => Session.ExecuteAsync(
        "INSERT INTO room_value (name, value) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET value = room_value.value + 1", cancellation, ("name", WritesProbedName));

    /// <summary>Writes the appended entries, the new tile hashes, the new edge and what followers are told, and makes all of it durable.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (range.Size != sizeBefore)
        {
            await Session.ExecuteAsync([.. pending.Statements(Session.Dialect), LogEdge.Write(range, signer)], cancellation);
        }

        if (HasChanges)
        {
            await Session.ExecuteAsync(await ChangeStore.AddAsync(Session, changes, Now, cancellation), cancellation);
        }

        await Session.CommitAsync(cancellation);
    }

    private async ValueTask<ClientMark> MarkAsync(ClientId client, CancellationToken cancellation)
    {
        if (!marks.ContainsKey(client))
        {
            await PrefetchAsync([client], [], cancellation);
        }

        return marks[client];
    }

    private void KeepRoot(NodeAddress node, Digest hash)
    {
        if (node.Level > 0 && node.Level % TileAddress.Height == 0)
        {
            pending.Add(node, hash);
        }
    }
}
