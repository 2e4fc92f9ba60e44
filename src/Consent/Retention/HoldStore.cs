// The rows of holds.
using System.Data.Common;
using Sisote.Consent.Clients;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Retention;

/// <summary>Keeps holds.</summary>
internal static class HoldStore
{
    private const string Columns =
        "id, scope, client, organisation, first_index, last_index, reason, reference, placed_for, placed_by, placed_at, until, lifted_for, lifted_by, lifted_at, lifted_index";

    public static Task AddAsync(Session session, Hold hold, CancellationToken cancellation) => session.ExecuteAsync(
        """
        INSERT INTO log_hold (id, scope, client, organisation, first_index, last_index, reason, reference, placed_for, placed_by, placed_at, until)
        VALUES (@id, @scope, @client, @organisation, CAST(@first AS bigint), CAST(@last AS bigint), @reason, @reference, @placed_for, @placed_by, @placed_at, @until)
        """,
        cancellation,
        ("id", hold.Id),
        ("scope", hold.Scope),
        ("client", hold.Client?.Reveal()),
        ("organisation", hold.Organisation?.Value),
        ("first", hold.Range?.First),
        ("last", hold.Range?.Last),
        ("reason", hold.Reason),
        ("reference", hold.Reference),
        ("placed_for", hold.PlacedBy.Organisation.Value),
        ("placed_by", hold.PlacedBy.Professional.Value),
        ("placed_at", hold.PlacedAt.Column()),
        ("until", hold.Until?.Column()));

    public static Task LiftAsync(Session session, string id, HoldOrder by, DateTimeOffset at, long index, CancellationToken cancellation) => session.ExecuteAsync(
        "UPDATE log_hold SET lifted_for = @lifted_for, lifted_by = @lifted_by, lifted_at = @lifted_at, lifted_index = @lifted_index WHERE id = @id AND lifted_at IS NULL",
        cancellation,
        ("id", id),
        ("lifted_for", by.Organisation.Value),
        ("lifted_by", by.Professional.Value),
        ("lifted_at", at.Column()),
        ("lifted_index", index));

    public static async Task<Hold?> FindAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync($"SELECT {Columns} FROM log_hold WHERE id = @id", Read, cancellation, ("id", id))).SingleOrDefault();

    /// <summary>All holds, newest first.</summary>
    public static async Task<List<Hold>> AllAsync(Session session, CancellationToken cancellation)
    {
        var holds = await session.QueryAsync($"SELECT {Columns} FROM log_hold ORDER BY placed_at DESC, id DESC", Read, cancellation);
        for (var i = 0; i < holds.Count; i++)
        {
            holds[i] = holds[i].Client is { } client ? holds[i] with { Clients = await Identities.EverOfAsync(session, client, cancellation) } : holds[i];
        }

        return holds;
    }

    /// <summary>Holds in force.</summary>
    public static async Task<List<Hold>> InForceAsync(Session session, DateTimeOffset now, CancellationToken cancellation) => (await AllAsync(session, cancellation)).FindAll(hold => hold.IsInForce(now));

    /// <summary>Holds that a run must heed: those in force, and those that were at any time since it was prepared, for its bundle lacks what they held.</summary>
    public static async Task<List<Hold>> HeededByAsync(Session session, KeptRun run, CancellationToken cancellation) => (await AllAsync(session, cancellation)).FindAll(hold => hold.HasHeldSince(run.Size, run.PreparedAt));

    /// <summary>Forgets whose records a hold was about that had ended when a run was prepared.</summary>
    public static async Task ForgetClientsAsync(Session session, KeptRun run, CancellationToken cancellation)
    {
        foreach (var ended in (await AllAsync(session, cancellation)).Where(hold => hold.Client is not null && !hold.HasHeldSince(run.Size, run.PreparedAt)))
        {
            await session.ExecuteAsync("UPDATE log_hold SET client = NULL WHERE id = @id", cancellation, ("id", ended.Id));
        }
    }

    private static Hold Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Scope = row.GetString(1),
        Client = row.TextOrNull(2) is { } client ? ClientId.Parse(client) : null,
        Organisation = row.CodeOrNull<OrganisationId>(3),
        Range = row.IsDBNull(4) ? null : new LogRange { First = row.GetInt64(4), Last = row.GetInt64(5) },
        Reason = row.GetString(6),
        Reference = row.TextOrNull(7),
        PlacedBy = new HoldOrder { Organisation = OrganisationId.Parse(row.GetString(8)), Professional = ProfessionalId.Parse(row.GetString(9)) },
        PlacedAt = row.Time(10),
        Until = row.TextOrNull(11) is { } until ? Days.Parse(until) : null,
        LiftedBy = row.IsDBNull(13) ? null : new HoldOrder { Organisation = OrganisationId.Parse(row.GetString(12)), Professional = ProfessionalId.Parse(row.GetString(13)) },
        LiftedAt = row.TimeOrNull(14),
        LiftedIndex = row.IsDBNull(15) ? null : row.GetInt64(15),
    };
}
