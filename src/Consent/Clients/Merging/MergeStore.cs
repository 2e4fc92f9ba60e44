// Rows of merges, and the rows that go over with one.
using System.Collections.Immutable;
using System.Text.Json;
using Sisote.Consent.Consents;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Clients.Merging;

/// <summary>What is moved is moved whole, history and all; the log is never touched.</summary>
internal static class MergeStore
{
    private static readonly ImmutableArray<string> Movable = KeyColumns.Movable;

    public static Task AddAsync(Session session, KeptMerge merge, CancellationToken cancellation) => session.ExecuteAsync(
        "INSERT INTO client_merge (id, prior, surviving, kind, source, at) VALUES (@id, @prior, @surviving, @kind, @source, @at)",
        cancellation,
        ("id", merge.Id),
        ("prior", merge.Prior.Reveal()),
        ("surviving", merge.Surviving.Reveal()),
        ("kind", merge.Kind),
        ("source", merge.Source.Value),
        ("at", merge.At.Column()));

    /// <summary>The merge of an identity that stands; null where it was never merged, or not any more.</summary>
    public static async Task<string?> FindAsync(Session session, ClientId prior, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT id FROM client_merge WHERE prior = @prior AND undone_at IS NULL", static row => row.GetString(0), cancellation, ("prior", prior.Reveal()))).SingleOrDefault();

    public static Task UndoAsync(Session session, string id, DateTimeOffset at, CancellationToken cancellation) =>
        session.ExecuteAsync("UPDATE client_merge SET undone_at = @at WHERE id = @id", cancellation, ("id", id), ("at", at.Column()));

    /// <summary>Gives a consent another identifier, in all its versions. The log's entries keep the one that it had: <see cref="ConsentNames"/>.</summary>
    public static async Task RenameAsync(Session session, ClientId client, string id, string renamed, CancellationToken cancellation)
    {
        foreach (var version in await ConsentStore.VersionsAsync(session, client, id, cancellation))
        {
            await session.ExecuteAsync(
                "UPDATE consent SET id = @renamed, record = @record WHERE client = @client AND id = @id AND version = @version",
                cancellation,
                ("client", client.Reveal()),
                ("id", id),
                ("version", (long)version.Record.Version),
                ("renamed", renamed),
                ("record", JsonSerializer.Serialize(version.Record with { Id = renamed }, SisoteJson.Options)));
        }

        await session.ExecuteAsync("UPDATE consent_place SET id = @renamed WHERE client = @client AND id = @id", cancellation, ("client", client.Reveal()), ("id", id), ("renamed", renamed));
    }

    /// <summary>Everything of one client becomes another's, and keeps under which identity it came. A relationship that both have is the surviving one's: it is one row of one register.</summary>
    public static async Task MoveAsync(Session session, ClientId from, ClientId to, CancellationToken cancellation)
    {
        (string, object?)[] both = [("from", from.Reveal()), ("to", to.Reveal())];
        await session.QueryAsync("SELECT client FROM client WHERE client = @from" + session.Dialect.ForUpdate, static row => row.GetString(0), cancellation, ("from", from.Reveal())); // who adds an entry for it meanwhile waits
        await session.ExecuteAsync("DELETE FROM relationship WHERE client = @from AND id IN (SELECT id FROM relationship WHERE client = @to)", cancellation, both);
        await session.ExecuteAsync("UPDATE consent SET client = @to WHERE client = @from", cancellation, both);
        foreach (var table in Movable)
        {
            await session.ExecuteAsync($"UPDATE {table} SET client = @to, identity = COALESCE(identity, @from) WHERE client = @from", cancellation, both);
        }
    }

    /// <summary>What came under these identities goes back to one of them.</summary>
    public static async Task MoveBackAsync(Session session, ClientId from, ClientId to, IEnumerable<ClientId> identities, CancellationToken cancellation)
    {
        (string, object?)[] all = [("from", from.Reveal()), ("to", to.Reveal()), ("identities", session.Dialect.Values(identities.Select(static one => one.Reveal())))];
        var came = session.Dialect.IsAmong("identity", "identities");
        await session.ExecuteAsync($"UPDATE consent SET client = @to WHERE client = @from AND id IN (SELECT id FROM consent_place WHERE client = @from AND {came})", cancellation, all);
        foreach (var table in Movable)
        {
            await session.ExecuteAsync($"UPDATE {table} SET client = @to, identity = CASE WHEN identity = @to THEN NULL ELSE identity END WHERE client = @from AND {came}", cancellation, all);
        }
    }
}

/// <summary>One merge as it is kept.</summary>
internal sealed record KeptMerge(string Id, ClientId Prior, ClientId Surviving, string Kind, SystemId Source, DateTimeOffset At);
