// Finds AuditEvents of one organisation.
using System.Collections.Immutable;
using System.Data.Common;
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
internal sealed class AuditSearch(ClientAliases aliases, NoteSigner signer)
{
    /// <summary>Entries that one call looks at: where little matches, a page may hold less than was asked for, and the next link goes on.</summary>
    internal const int MostEntries = 5000;

    private const int Batch = 250;

    /// <summary>One page.</summary>
    public async Task<AuditPage> FindAsync(Session session, OrganisationId reader, AuditQuery query, CancellationToken cancellation)
    {
        var conditions = await ConditionsAsync(session, reader, query, cancellation);
        var found = new List<(AuditEvent Event, AuditCursor At)>(query.Count + 1);
        var from = query.Cursor;
        for (var looked = 0; looked < MostEntries; looked += Batch)
        {
            var entries = await ReadAsync(session, conditions, from, cancellation);
            found.AddRange(entries.SelectMany(entry => Events(entry, reader)).Where(one => IsBehind(one.At, from) && query.Terms.All(term => term.Matches(one.Event))));
            if (found.Count > query.Count)
            {
                return new AuditPage([.. found.Take(query.Count).Select(static one => one.Event)], found[query.Count - 1].At);
            }

            if (entries.Count < Batch)
            {
                return new AuditPage([.. found.Select(static one => one.Event)], null);
            }

            from = new AuditCursor(entries[^1].Index - 1, 0);
        }

        return new AuditPage([.. found.Select(static one => one.Event)], from.Index < 0 ? null : from);
    }

    /// <summary>One event by its id; null where there is none, or none for this reader.</summary>
    public async Task<(AuditEvent Event, ClientId? Client)?> FindAsync(Session session, OrganisationId reader, string id, CancellationToken cancellation)
    {
        var conditions = new EntryConditions(session.Dialect);
        conditions.Side(reader);
        conditions.Is("e.entry_id", id.LastIndexOf('-') is > 0 and var end ? id[..end] : id);
        var entries = await ReadAsync(session, conditions, AuditCursor.Newest, cancellation);
        return entries.SelectMany(entry => Events(entry, reader).Select(one => (one.Event, entry.Client))).Where(one => one.Event.Id == id).Cast<(AuditEvent, ClientId?)?>().SingleOrDefault();
    }

    private static bool IsBehind(AuditCursor at, AuditCursor from) => at.Index < from.Index || (at.Index == from.Index && at.Face > from.Face);

    private IEnumerable<(AuditEvent Event, AuditCursor At)> Events(Row row, OrganisationId reader) =>
        AuditEvents.Of(new AuditSource
        {
            Entry = row.Entry,
            Index = row.Index,
            Recorded = row.Recorded,
            Client = row.Client is { } client ? aliases.Of(client, reader) : null,
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

    private static Task<List<Row>> ReadAsync(Session session, EntryConditions conditions, AuditCursor from, CancellationToken cancellation) => session.QueryAsync(
        $"SELECT e.leaf_index, e.leaf_time, e.client, e.record FROM log_entry e WHERE {conditions.Sql} AND e.leaf_index <= @from ORDER BY e.leaf_index DESC LIMIT {Batch}",
        Read,
        cancellation,
        [.. conditions.Parameters, ("from", from.Index)]);

    private static Row Read(DbDataReader row) => new(
        row.GetInt64(0), row.Time(1), row.TextOrNull(2) is { } client ? ClientId.Parse(client) : null, CanonicalForm.Read(row.GetFieldValue<byte[]>(3)));

    private sealed record Row(long Index, DateTimeOffset Recorded, ClientId? Client, LogEntry Entry);
}
