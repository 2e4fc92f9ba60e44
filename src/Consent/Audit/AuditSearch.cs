// Finds AuditEvents of one organisation.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Audit;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>A page of events, and where the next one begins; null on the last.</summary>
internal sealed record AuditPage(ImmutableArray<AuditEvent> Events, AuditCursor? Next);

/// <summary>
/// Reads entries where the reader's organisation is a side, newest first, and makes their events. The database narrows down as far as its indexes and the bytes of the records
/// tell; each event is then held against the search itself.
/// </summary>
internal sealed class AuditSearch(ClientAliases aliases, NoteSigner signer, ILogger<AuditSearch> log)
{
    /// <summary>Entries that one call looks at: where little matches, a page may hold less than was asked for, and the next link goes on.</summary>
    internal const int MostEntries = 5000;

    private const int Batch = 250;
    private const string Columns = "e.leaf_index, e.entry_id, e.leaf_time, e.commitment, e.leaf_hash, e.salt, e.record";

    /// <summary>One page.</summary>
    public async Task<AuditPage> FindAsync(Session session, OrganisationId reader, AuditQuery query, CancellationToken cancellation)
    {
        query = await WithAllNamesAsync(session, reader, query, cancellation);
        var conditions = await ConditionsAsync(session, reader, query, cancellation);
        var found = new List<(AuditEvent Event, AuditCursor At)>(query.Count + 1);
        var from = await StartAsync(session, conditions, query.Cursor, cancellation);
        for (var commands = 0; commands < MostEntries / Batch && from.Index >= conditions.First; commands++)
        {
            var floor = conditions.FloorBelow(from.Index);
            var entries = await ReadAsync(session, conditions, from, floor, cancellation);
            found.AddRange(entries.SelectMany(entry => Events(entry, reader)).Where(one => IsBehind(one.At, from) && query.Terms.All(term => term.Matches(one.Event))));
            if (found.Count > query.Count)
            {
                return new AuditPage([.. found.Take(query.Count).Select(static one => one.Event)], found[query.Count - 1].At);
            }

            from = new AuditCursor(entries.Count < Batch ? floor - 1 : entries[^1].Index - 1, 0);
        }

        return new AuditPage([.. found.Select(static one => one.Event)], from.Index < conditions.First ? null : from);
    }

    /// <summary>The search for whatever name a client's entries carry: each keeps the key that it was written with.</summary>
    private async Task<AuditQuery> WithAllNamesAsync(Session session, OrganisationId reader, AuditQuery query, CancellationToken cancellation)
    {
        var others = new Dictionary<ClientId, IReadOnlyList<ClientId>>();
        foreach (var client in query.Clients.SelectMany(static clients => clients).Distinct())
        {
            others[client] = await Identities.AllOfAsync(session, client, cancellation);
        }

        return others.Values.All(static keys => keys.Count == 1) ? query : query with
        {
            Clients = [.. query.Clients.Select(clients => clients.SelectMany(client => others[client].Append(client)).Distinct().ToImmutableArray())],
            Terms = [.. query.Terms.Select(term => term.Parameter != AuditParameter.Patient ? term : term with { Values = [.. term.Values.SelectMany(value => NamesOf(value, reader, others))] })],
        };
    }

    private IEnumerable<AuditToken> NamesOf(AuditToken token, OrganisationId reader, Dictionary<ClientId, IReadOnlyList<ClientId>> others) =>
        token.Code is { } code && aliases.Find(code, reader) is { } client && others.TryGetValue(client, out var keys) ? keys.Append(client).Distinct().Select(key => token with { Code = aliases.Of(key, reader).Value }) : [token];

    /// <summary>Where a search begins: at its cursor, or at the newest entry that can meet it.</summary>
    private static async Task<AuditCursor> StartAsync(Session session, EntryConditions conditions, AuditCursor cursor, CancellationToken cancellation)
    {
        var newest = Math.Min(conditions.End, await LeafTimes.SizeAsync(session, cancellation)) - 1;
        return cursor.Index <= newest ? cursor : new AuditCursor(newest, 0);
    }

    /// <summary>One event by its id; null where there is none, or none for this reader.</summary>
    public async Task<(AuditEvent Event, ClientId? Client)?> FindAsync(Session session, OrganisationId reader, string id, CancellationToken cancellation)
    {
        var conditions = new EntryConditions(session.Dialect);
        conditions.Side(reader);
        conditions.Is("e.entry_id", id.LastIndexOf('-') is > 0 and var end ? id[..end] : id);
        var entries = await ReadAsync(session, conditions, AuditCursor.Newest, 0, cancellation);
        return entries.SelectMany(entry => Events(entry, reader).Select(one => (one.Event, entry.Entry?.Client))).Where(one => one.Event.Id == id).Cast<(AuditEvent, ClientId?)?>().SingleOrDefault();
    }

    private static bool IsBehind(AuditCursor at, AuditCursor from) => at.Index < from.Index || (at.Index == from.Index && at.Face > from.Face);

    private IEnumerable<(AuditEvent Event, AuditCursor At)> Events(Row row, OrganisationId reader) => row.Entry is not { } entry ? [] :
        AuditEvents.Of(new AuditSource
        {
            Entry = Sight.Of(entry, reader),
            IsDim = Sight.IsDim(entry, reader),
            Index = row.Index,
            Recorded = row.Recorded,
            Client = entry.Client is { } client ? aliases.Of(client, reader) : null,
            Log = signer.Verifier.Name,
        }).Select((audit, place) => (audit, new AuditCursor(row.Index, place + 1)));

    private async Task<EntryConditions> ConditionsAsync(Session session, OrganisationId reader, AuditQuery query, CancellationToken cancellation)
    {
        var conditions = new EntryConditions(session.Dialect);
        conditions.Side(reader);
        await conditions.TakenInAsync(session, query.Period.From, query.Period.Before, cancellation);
        foreach (var clients in query.Clients)
        {
            conditions.Client(clients);
        }

        foreach (var term in query.Terms)
        {
            Narrow(conditions, term, reader);
        }

        return conditions;
    }

    /// <summary>What must hold of an entry for one of its events to meet a term. Our own devices stand in no record, so a search for them is left to the events.</summary>
    private void Narrow(EntryConditions conditions, AuditTerm term, OrganisationId reader)
    {
        if (term.Parameter == AuditParameter.Type && term.Values.All(static value => value.Code is not null))
        {
            conditions.Kind(term.Values.SelectMany(static value => AuditEvents.KindsOf(value.Code!)).Distinct());
        }
        else if (term.Parameter is AuditParameter.Agent or AuditParameter.Entity or AuditParameter.Source
            && term.Values.All(static value => value.Code is { } code && !AuditAgents.IsOurs(code) && IsPlain(code)))
        {
            var codes = term.Values.Select(static value => value.Code!).ToList();
            conditions.Holds(codes, codes.Select(code => aliases.Find(code, reader)).OfType<ClientId>());
        }
    }

    /// <summary>Whether a text stands in JSON as it is.</summary>
    private static bool IsPlain(string text) => text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or '/');

    private async Task<List<Row>> ReadAsync(Session session, EntryConditions conditions, AuditCursor from, long floor, CancellationToken cancellation) => (await session.QueryAsync(
        $"SELECT {Columns} FROM log_entry e WHERE {conditions.Sql} AND e.leaf_index <= @from AND e.leaf_index >= @floor ORDER BY e.leaf_index DESC LIMIT {Batch}",
        LogTable.Read,
        cancellation,
        [.. conditions.Parameters, ("from", from.Index), ("floor", floor)])).ConvertAll(logged => new Row(logged.Index, logged.Leaf.Time, logged.Entry(log)));

    /// <summary>A row; without an entry where its record was changed, so that the search goes on behind it.</summary>
    private sealed record Row(long Index, DateTimeOffset Recorded, LogEntry? Entry);
}
