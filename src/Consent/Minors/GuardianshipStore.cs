// Rows of guardianships: one for each version, insert only.
using System.Data.Common;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Minors;

/// <summary>Keeps every version that ever was; the newest of a child and a guardian counts.</summary>
internal sealed class GuardianshipStore(ClientKeys keys)
{
    private const string Columns = "client, guardian, version, source, custody, limits, starts, ends, at, entry_id, name";
    private const string IsNewest = "version = (SELECT MAX(n.version) FROM guardianship n WHERE n.client = g.client AND n.guardian = g.guardian)";

    /// <summary>What counts of a child's guardians, ended ones included, under whatever identities they were told.</summary>
    public async Task<List<Guardianship>> OfChildAsync(Session session, ClientId child, CancellationToken cancellation) => await StandingAsync(
        session,
        await session.QueryAsync(
            $"SELECT {Columns} FROM guardianship g WHERE {session.Dialect.IsAmong("client", "keys")} AND {IsNewest} ORDER BY client, guardian", Read, cancellation, ("keys", await Identities.ValuesAsync(session, child, cancellation))),
        cancellation);

    /// <summary>What counts of a guardian's children, ended ones included, in the order in which they became known.</summary>
    public async Task<List<Guardianship>> OfGuardianAsync(Session session, ClientId guardian, CancellationToken cancellation) => await StandingAsync(
        session,
        await session.QueryAsync(
            $"SELECT {Columns} FROM guardianship g WHERE {session.Dialect.IsAmong("guardian", "keys")} AND {IsNewest} ORDER BY starts, client", Read, cancellation, ("keys", await Identities.ValuesAsync(session, guardian, cancellation))),
        cancellation);

    public Task AddAsync(Session session, Guardianship one, CancellationToken cancellation) => session.ExecuteAsync(
        $"""
        INSERT INTO guardianship ({Columns})
        VALUES (@client, @guardian, @version, @source, @custody, @limits, @starts, @ends, @at, @entry_id, @name)
        """,
        cancellation,
        ("client", one.Row.Child.Reveal()),
        ("guardian", one.Row.Guardian.Reveal()),
        ("version", (long)one.Version),
        ("source", one.Source.Value),
        ("custody", one.Custody),
        ("limits", string.Join(' ', one.Limits)),
        ("starts", one.From.Column()),
        ("ends", one.To?.Column()),
        ("at", one.At.Column()),
        ("entry_id", one.EntryId),
        ("name", one.Name is null ? null : keys.SealName(one.Row.Child, one.Name)));

    /// <summary>When the register's state was read that was told last; null where nothing was.</summary>
    public static async Task<DateTimeOffset?> ToldAsync(Session session, ClientId child, CancellationToken cancellation) =>
        (await session.QueryAsync(
            $"SELECT as_of FROM guardianship_told WHERE {session.Dialect.IsAmong("client", "keys")} ORDER BY as_of DESC LIMIT 1",
            static row => (DateTimeOffset?)row.Time(0),
            cancellation,
            ("keys", await Identities.ValuesAsync(session, child, cancellation)))).SingleOrDefault();

    public static Task TellAsync(Session session, ClientId child, DateTimeOffset asOf, CancellationToken cancellation) => session.ExecuteAsync(
        "INSERT INTO guardianship_told (client, as_of) VALUES (@client, @as_of) ON CONFLICT (client) DO UPDATE SET as_of = @as_of", cancellation, ("client", child.Reveal()), ("as_of", asOf.Column()));

    private static async Task<List<Guardianship>> StandingAsync(Session session, List<Guardianship> rows, CancellationToken cancellation)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i] = rows[i] with { Child = await Identities.StandsForAsync(session, rows[i].Child, cancellation), Guardian = await Identities.StandsForAsync(session, rows[i].Guardian, cancellation) };
        }

        return rows;
    }

    private Guardianship Read(DbDataReader row)
    {
        var (child, guardian) = (ClientId.Parse(row.GetString(0)), ClientId.Parse(row.GetString(1)));
        return new Guardianship
        {
            Child = child,
            Guardian = guardian,
            Row = (child, guardian),
            Version = (int)row.GetInt64(2),
            Source = SystemId.Parse(row.GetString(3)),
            Custody = row.GetString(4),
            Limits = [.. row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            From = row.Time(6),
            To = row.TimeOrNull(7),
            At = row.Time(8),
            EntryId = row.GetString(9),
            Name = row.BytesOrNull(10) is { } name ? keys.OpenName(child, name) : null,
        };
    }
}
