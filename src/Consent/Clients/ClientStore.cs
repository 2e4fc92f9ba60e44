// Rows of clients: revision, sealed identifier, sealed facts.
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Clients;

/// <summary>What is on record of the person. The revision covers everything that decides (design.md 2).</summary>
internal sealed class ClientStore(ClientKeys keys)
{
    /// <summary>Marks of those of the clients that are on record, in one question.</summary>
    public static async Task<Dictionary<ClientId, ClientMark>> MarksAsync(Session session, IReadOnlyCollection<ClientId> clients, CancellationToken cancellation)
    {
        if (clients.Count == 0)
        {
            return [];
        }

        var rows = await session.QueryAsync(
            $"SELECT client, revision, CASE WHEN identifier IS NULL THEN 0 ELSE 1 END, merged_into FROM client WHERE {session.Dialect.IsAmong("client", "clients")}",
            static row => (Client: ClientId.Parse(row.GetString(0)), Mark: new ClientMark(row.GetInt64(1), IsOnRecord: true, IsIdentified: row.GetInt64(2) == 1, row.TextOrNull(3) is { } into ? ClientId.Parse(into) : null)),
            cancellation,
            ("clients", session.Dialect.Values(clients.Select(static client => client.Reveal()))));
        return rows.ToDictionary(static row => row.Client, static row => row.Mark);
    }

    /// <summary>What is on record; null for a client without a row.</summary>
    public async Task<ClientRow?> FindAsync(Session session, ClientId client, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            "SELECT revision, identifier, facts, merged_into FROM client WHERE client = @client",
            static row => (Revision: row.GetInt64(0), Identifier: row.BytesOrNull(1), Facts: row.BytesOrNull(2), Into: row.TextOrNull(3)),
            cancellation,
            ("client", client.Reveal()));
        return rows is [var found]
            ? new ClientRow(
                found.Revision,
                found.Identifier is null ? null : keys.OpenIdentifier(client, found.Identifier),
                found.Facts is null ? null : keys.OpenFacts(client, found.Facts),
                found.Into is null ? null : ClientId.Parse(found.Into))
            : null;
    }

    /// <summary>Makes sure that the client has a row, and that the identifier is known where it is given. Changes no revision.</summary>
    public async Task EnsureAsync(Session session, ClientId client, Hetu? identifier, CancellationToken cancellation)
    {
        await session.ExecuteAsync(
            "INSERT INTO client (client, revision) VALUES (@client, 0) ON CONFLICT (client) DO NOTHING",
            cancellation,
            ("client", client.Reveal()));
        if (identifier is { } known)
        {
            await session.ExecuteAsync(
                "UPDATE client SET identifier = @identifier WHERE client = @client AND identifier IS NULL",
                cancellation,
                ("client", client.Reveal()),
                ("identifier", keys.Seal(client, known)));
        }
    }

    /// <summary>Raises the revision of a client that has a row.</summary>
    public static Task RaiseAsync(Session session, ClientId client, CancellationToken cancellation) =>
        session.ExecuteAsync("UPDATE client SET revision = revision + 1 WHERE client = @client", cancellation, ("client", client.Reveal()));

    /// <summary>Replaces the facts.</summary>
    public Task WriteFactsAsync(Session session, ClientId client, ClientFacts facts, CancellationToken cancellation) =>
        session.ExecuteAsync(
            "UPDATE client SET facts = @facts WHERE client = @client",
            cancellation,
            ("client", client.Reveal()),
            ("facts", keys.Seal(client, facts)));
}

/// <summary>One client's row, opened.</summary>
internal sealed record ClientRow(long Revision, Hetu? Identifier, ClientFacts? Facts, ClientId? MergedInto);

/// <summary>What an append must know of a client; the default is a client without a row, at revision 0.</summary>
internal readonly record struct ClientMark(long Revision, bool IsOnRecord, bool IsIdentified, ClientId? MergedInto = null);
