// Relations of clients with one organisation, as they are on record.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Hints;

/// <summary>Relations that were in force at some time. What a professional decided on a release is none: it says that data may go, not that the receiver has to do with the client.</summary>
internal sealed class RelationsOnRecord
{
    private readonly ILookup<ClientId, (DateTimeOffset Starts, DateTimeOffset? Ends)> known;

    private RelationsOnRecord(ILookup<ClientId, (DateTimeOffset Starts, DateTimeOffset? Ends)> known) => this.known = known;

    /// <summary>Reads those of some clients.</summary>
    public static async Task<RelationsOnRecord> ReadAsync(Session session, OrganisationId organisation, ImmutableArray<ClientId> clients, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            $"""
            SELECT client, starts, ends FROM relationship
            WHERE (from_organisation = @organisation OR to_organisation = @organisation) AND status IN ('active', 'ended') AND scope_items IS NULL AND {session.Dialect.IsAmong("client", "clients")}
            """,
            static row => (Client: ClientId.Parse(row.GetString(0)), Span: (Starts: row.Time(1), Ends: row.TimeOrNull(2))),
            cancellation,
            ("organisation", organisation.Value),
            ("clients", session.Dialect.Values(clients.Select(static client => client.Reveal()))));
        return new RelationsOnRecord(rows.ToLookup(static row => row.Client, static row => row.Span));
    }

    /// <summary>Whether one was in force when the entry happened.</summary>
    public bool HasOne(HintedEntry entry) => known[entry.Client].Any(span => span.Starts <= entry.Entry.Time && (span.Ends is not { } ends || ends >= entry.Entry.Time));
}
