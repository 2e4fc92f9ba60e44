// Which organisations have to do with a client.
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Clients;

/// <summary>Organisations that already know of a client: sides of what was given or sent about the client, and of the client's relationships.</summary>
/// <remarks>INVARIANT: looking for a client, asking in vain, being told that something changed and being named in a consent make nobody one of these; otherwise an organisation could make itself one.</remarks>
internal static class ClientSides
{
    public static async Task<IReadOnlySet<OrganisationId>> FindAsync(Session session, ClientId client, CancellationToken cancellation) =>
        (await session.QueryAsync(
            $"""
            SELECT from_organisation FROM log_entry WHERE {session.Dialect.IsAmong("client", "clients")} AND kind IN ('disclosure', 'use', 'write-intent') AND outcome <> 'notified' AND from_organisation IS NOT NULL
            UNION SELECT to_organisation FROM log_entry WHERE {session.Dialect.IsAmong("client", "clients")} AND kind IN ('disclosure', 'use', 'write-intent') AND outcome <> 'notified' AND to_organisation IS NOT NULL
            UNION SELECT from_organisation FROM relationship WHERE {session.Dialect.IsAmong("client", "clients")} AND from_organisation IS NOT NULL AND scope_items IS NULL
            UNION SELECT to_organisation FROM relationship WHERE {session.Dialect.IsAmong("client", "clients")} AND to_organisation IS NOT NULL AND scope_items IS NULL
            """,
            static row => OrganisationId.Parse(row.GetString(0)),
            cancellation,
            ("clients", await Identities.ValuesAsync(session, client, cancellation)))).ToHashSet();
}
