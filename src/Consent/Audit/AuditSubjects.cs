// Whom a search over AuditEvents is about, by whatever parameter they are named.
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>The clients that a search names, and the texts by which it names them.</summary>
/// <param name="Clients">Each once.</param>
/// <param name="Names">What stands for a client in the values of other parameters than those for patients.</param>
internal sealed record AuditSubjects(IReadOnlyList<ClientId> Clients, IReadOnlySet<string> Names)
{
    /// <summary>More are refused: each is an entry of the log.</summary>
    public const int Most = 20;

    /// <summary>Finds them. A client may also be named as an agent, an entity or a source; there any 32 digits could be the name of somebody, so those count who stand in the log.</summary>
    public static async Task<AuditSubjects> FindAsync(Session session, ClientAliases aliases, OrganisationId reader, AuditQuery query, CancellationToken cancellation)
    {
        var tokens = query.Terms.Where(static term => term.Parameter is AuditParameter.Agent or AuditParameter.Entity or AuditParameter.Source).SelectMany(static term => term.Values).ToList();
        var possible = tokens.Where(static token => token.Code is not null).Select(token => (Code: token.Code!, Client: aliases.Find(token.Code!, reader))).Where(static pair => pair.Client is not null).ToList();
        var known = await KnownAsync(session, [.. possible.Select(static pair => pair.Client!.Value)], cancellation);
        var named = possible.Where(pair => known.Contains(pair.Client!.Value)).ToList();
        var asPatients = tokens.Where(token => token.Code is not null && (token.Type == "Patient" || token.System == ClientAliases.SystemOf(reader))).Select(static token => token.Code!);
        return new AuditSubjects(
            [.. query.Clients.SelectMany(static clients => clients).Concat(named.Select(static pair => pair.Client!.Value)).Distinct()],
            named.Select(static pair => pair.Code).Concat(asPatients).ToHashSet(StringComparer.Ordinal));
    }

    private static async Task<HashSet<ClientId>> KnownAsync(Session session, IReadOnlyCollection<ClientId> clients, CancellationToken cancellation) => clients.Count == 0
        ? []
        : [.. await session.QueryAsync(
            $"SELECT DISTINCT client FROM log_entry WHERE {session.Dialect.IsAmong("client", "clients")}",
            static row => ClientId.Parse(row.GetString(0)),
            cancellation,
            ("clients", session.Dialect.Values(clients.Select(static client => client.Reveal()))))];
}
