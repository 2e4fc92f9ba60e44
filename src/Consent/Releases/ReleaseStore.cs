// Rows of what waits for a decision.
using Sisote.Consent.Clients;
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Consent.Releases;

/// <summary>From which sector to which role of another sector, for which purpose.</summary>
internal sealed record ReleaseFlow(SectorId From, SectorId To, RoleId ToRole, PurposeId Purpose);

/// <summary>Keeps work items with their items; decided ones stay as long as somebody may ask again in vain.</summary>
internal static class ReleaseStore
{
    private const string Columns =
        "id, client, from_organisation, from_system, from_sector, from_role, to_organisation, to_system, to_sector, to_role, asked_by, purpose, direction, state, asked_at, lapses_at, decided_at, decided_by, reason, identity";

    public static async Task<ReleaseRow?> FindAsync(Session session, string id, CancellationToken cancellation) =>
        (await WithItemsAsync(session, await session.QueryAsync($"SELECT {Columns} FROM waiting_release WHERE id = @id", Read, cancellation, ("id", id)), cancellation)).SingleOrDefault();

    /// <summary>What waits or waited at a giver in these flows, or anywhere where no giver is named: what is open first, oldest first, then what ended last. Other roles' work at the same giver is left
    /// out before the list is cut.</summary>
    public static async Task<List<ReleaseRow>> OfAsync(Session session, (OrganisationId Giver, IEnumerable<ReleaseFlow> Flows)? at, CancellationToken cancellation) =>
        await WithItemsAsync(
            session,
            await session.QueryAsync(
                $"""
                SELECT {Columns} FROM waiting_release
                WHERE @giver = '' OR (from_organisation = @giver AND {session.Dialect.IsAmong("from_sector || ' ' || to_sector || ' ' || to_role || ' ' || purpose", "flows")})
                ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, CASE WHEN state = 'open' THEN asked_at ELSE NULL END, decided_at DESC, id LIMIT 1000
                """,
                Read,
                cancellation,
                ("giver", at?.Giver.Value ?? string.Empty),
                ("flows", session.Dialect.Values((at?.Flows ?? []).Select(static flow => $"{flow.From.Value} {flow.To.Value} {flow.ToRole.Value} {flow.Purpose.Value}")))),
            cancellation);

    /// <summary>What the same recipient asked of the same giver about the client before.</summary>
    public static async Task<List<ReleaseRow>> LikeAsync(Session session, ReleaseAsk ask, CancellationToken cancellation) =>
        [.. (await WithItemsAsync(
            session,
            await session.QueryAsync(
                $"SELECT {Columns} FROM waiting_release WHERE {session.Dialect.IsAmong("client", "clients")} AND to_organisation = @to ORDER BY asked_at",
                Read,
                cancellation,
                ("clients", await Identities.ValuesAsync(session, ask.Client, cancellation)),
                ("to", ask.To.Organisation.Value)),
            cancellation)).Where(row => row.From == ask.From && row.To == ask.To && row.Purpose == ask.Purpose && row.Direction == ask.Direction)];

    /// <summary>How many of a recipient's wishes are open at a giver.</summary>
    public static async Task<long> CountOpenAsync(Session session, ReleaseAsk ask, CancellationToken cancellation) =>
        (await session.QueryAsync(
            "SELECT COUNT(*) FROM waiting_release WHERE from_organisation = @giver AND state = 'open' AND to_organisation = @to",
            static row => row.GetInt64(0),
            cancellation,
            ("giver", ask.From.Organisation.Value),
            ("to", ask.To.Organisation.Value)))[0];

    /// <summary>Open ones whose time is over.</summary>
    public static async Task<List<ReleaseRow>> LapsingAsync(Session session, DateTimeOffset now, CancellationToken cancellation) =>
        await WithItemsAsync(
            session, await session.QueryAsync($"SELECT {Columns} FROM waiting_release WHERE state = 'open' AND lapses_at <= @now ORDER BY id LIMIT 100", Read, cancellation, ("now", now.Column())), cancellation);

    public static async Task AddAsync(Session session, ReleaseRow row, CancellationToken cancellation)
    {
        await session.ExecuteAsync(
            $"""
            INSERT INTO waiting_release ({Columns})
            VALUES (@id, @client, @from_organisation, @from_system, @from_sector, @from_role, @to_organisation, @to_system, @to_sector, @to_role, @asked_by, @purpose, @direction, @state, @asked_at,
              @lapses_at, NULL, NULL, NULL, @identity)
            """,
            cancellation,
            [
                ("id", row.Id),
                ("client", row.Client.Reveal()),
                .. End("from", row.From),
                .. End("to", row.To),
                ("asked_by", row.AskedBy?.Value),
                ("purpose", row.Purpose.Value),
                ("direction", JsonSerializer.SerializeToElement(row.Direction, SisoteJson.Options).GetString()),
                ("state", row.State),
                ("asked_at", row.AskedAt.Column()),
                ("lapses_at", row.LapsesAt.Column()),
                ("identity", row.Identity?.Reveal()),
            ]);
        await AddItemsAsync(session, row.Id, row.Items, cancellation);
    }

    public static async Task AddItemsAsync(Session session, string release, IEnumerable<ReleaseItem> items, CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            await session.ExecuteAsync(
                "INSERT INTO waiting_item (release, item, rule, decisions, state, asked_index) VALUES (@release, @item, @rule, @decisions, @state, @asked_index)",
                cancellation,
                ("release", release),
                ("item", item.Item.Value),
                ("rule", item.Rule.Value),
                ("decisions", item.Decisions.Column()),
                ("state", item.State),
                ("asked_index", item.AskedIndex));
        }
    }

    /// <summary>Moves items of an open row to a new one.</summary>
    public static async Task SplitAsync(Session session, string from, ReleaseRow to, CancellationToken cancellation)
    {
        await AddAsync(session, to with { Items = [] }, cancellation);
        foreach (var item in to.Items)
        {
            await session.ExecuteAsync("UPDATE waiting_item SET release = @to WHERE release = @from AND item = @item", cancellation, ("to", to.Id), ("from", from), ("item", item.Item.Value));
        }
    }

    /// <summary>Writes how it ended.</summary>
    public static async Task EndAsync(Session session, ReleaseRow row, CancellationToken cancellation)
    {
        await session.ExecuteAsync(
            "UPDATE waiting_release SET state = @state, decided_at = @decided_at, decided_by = @decided_by, reason = @reason WHERE id = @id",
            cancellation,
            ("id", row.Id),
            ("state", row.State),
            ("decided_at", row.DecidedAt?.Column()),
            ("decided_by", row.DecidedBy?.Value),
            ("reason", row.Reason));
        foreach (var item in row.Items)
        {
            await session.ExecuteAsync("UPDATE waiting_item SET state = @state WHERE release = @id AND item = @item", cancellation, ("id", row.Id), ("item", item.Item.Value), ("state", item.State));
        }
    }

    private static (string, object?)[] End(string name, ReleaseEnd end) =>
        [(name + "_organisation", end.Organisation.Value), (name + "_system", end.System?.Value), (name + "_sector", end.Sector.Value), (name + "_role", end.Role.Value)];

    private static async Task<List<ReleaseRow>> WithItemsAsync(Session session, List<ReleaseRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        var items = (await session.QueryAsync(
            $"SELECT release, item, rule, decisions, state, asked_index FROM waiting_item WHERE {session.Dialect.IsAmong("release", "ids")} ORDER BY release, item",
            static row => (Release: row.GetString(0), Item: new ReleaseItem(DataItemId.Parse(row.GetString(1)), RuleId.Parse(row.GetString(2)), row.Codes<ConditionId>(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetInt64(5))),
            cancellation,
            ("ids", session.Dialect.Values(rows.Select(static row => row.Id))))).ToLookup(static pair => pair.Release, static pair => pair.Item);
        return rows.ConvertAll(row => row with { Items = [.. items[row.Id]] });
    }

    private static ReleaseRow Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Client = ClientId.Parse(row.GetString(1)),
        From = new ReleaseEnd(OrganisationId.Parse(row.GetString(2)), row.CodeOrNull<SystemId>(3), SectorId.Parse(row.GetString(4)), RoleId.Parse(row.GetString(5))),
        To = new ReleaseEnd(OrganisationId.Parse(row.GetString(6)), row.CodeOrNull<SystemId>(7), SectorId.Parse(row.GetString(8)), RoleId.Parse(row.GetString(9))),
        AskedBy = row.CodeOrNull<ProfessionalId>(10),
        Purpose = PurposeId.Parse(row.GetString(11)),
        Direction = JsonSerializer.SerializeToElement(row.GetString(12)).Deserialize<Direction>(SisoteJson.Options),
        State = row.GetString(13),
        AskedAt = row.Time(14),
        LapsesAt = row.Time(15),
        DecidedAt = row.TimeOrNull(16),
        DecidedBy = row.CodeOrNull<ProfessionalId>(17),
        Reason = row.TextOrNull(18),
        Identity = row.TextOrNull(19) is { } identity ? ClientId.Parse(identity) : null,
    };
}
