// Which keys are one person's.
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Clients;

/// <summary>
/// A person may have come under several national identifiers, each with its own key. One key stands for the person: consents, relationships and facts stand under it. The log's entries stay under
/// the key they were written with, so whoever looks for a person's entries looks for all keys.
/// </summary>
internal static class Identities
{
    /// <summary>The key that stands for the person.</summary>
    public static async Task<ClientId> StandsForAsync(Session session, ClientId client, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT merged_into FROM client WHERE client = @client", static row => row.TextOrNull(0), cancellation, ("client", client.Reveal()))) is [{ } into] ? ClientId.Parse(into) : client;

    /// <summary>All keys of the person, the one that stands for the person first.</summary>
    public static async Task<IReadOnlyList<ClientId>> AllOfAsync(Session session, ClientId client, CancellationToken cancellation)
    {
        var standing = await StandsForAsync(session, client, cancellation);
        return [standing, .. await session.QueryAsync("SELECT client FROM client WHERE merged_into = @client ORDER BY client", Read, cancellation, ("client", standing.Reveal()))];
    }

    /// <summary>All keys of the person as a parameter of <see cref="Dialect.IsAmong"/>.</summary>
    public static async Task<object> ValuesAsync(Session session, ClientId client, CancellationToken cancellation) =>
        session.Dialect.Values((await AllOfAsync(session, client, cancellation)).Select(static one => one.Reveal()));

    /// <summary>Every key that does not stand for itself, with the one that does.</summary>
    public static async Task<Dictionary<ClientId, ClientId>> MergedAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT client, merged_into FROM client WHERE merged_into IS NOT NULL", static row => (ClientId.Parse(row.GetString(0)), ClientId.Parse(row.GetString(1))), cancellation)).ToDictionary();

    /// <summary>All keys that ever were told to be one person's, undone ones included.</summary>
    public static Task<HashSet<ClientId>> EverOfAsync(Session session, ClientId client, CancellationToken cancellation) => ReachAsync(client, key => session.QueryAsync(
        "SELECT prior FROM client_merge WHERE surviving = @client UNION SELECT surviving FROM client_merge WHERE prior = @client", Read, cancellation, ("client", key.Reveal())));

    /// <summary>The key and all that were told, directly or not, to be it.</summary>
    public static Task<HashSet<ClientId>> BehindAsync(Session session, ClientId client, CancellationToken cancellation) => ReachAsync(client, key => session.QueryAsync(
        "SELECT prior FROM client_merge WHERE surviving = @client AND undone_at IS NULL", Read, cancellation, ("client", key.Reveal())));

    private static async Task<HashSet<ClientId>> ReachAsync(ClientId client, Func<ClientId, Task<List<ClientId>>> next)
    {
        HashSet<ClientId> reached = [client];
        for (var open = new Queue<ClientId>([client]); open.TryDequeue(out var one);)
        {
            foreach (var other in (await next(one)).Where(reached.Add))
            {
                open.Enqueue(other);
            }
        }

        return reached;
    }

    private static ClientId Read(System.Data.Common.DbDataReader row) => ClientId.Parse(row.GetString(0));
}
