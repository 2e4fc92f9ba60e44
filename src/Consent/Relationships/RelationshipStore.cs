// Rows of relationships, as they stand now; their history is the log.
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Relationships;

/// <summary>A relationship with the client it is of.</summary>
internal sealed record KeptRelationship(ClientId Client, Relationship Relationship)
{
    /// <summary>The identity under which it was recorded, where that is another than the client's own.</summary>
    public ClientId? Identity { get; init; }

    /// <summary>Who recorded it.</summary>
    public RelationshipOrigin Origin { get; init; } = new();

    /// <summary>Items of a decision that have gone, where each may go once, and with which entry.</summary>
    public ImmutableArray<UsedItem> Uses { get; init; } = [];

    /// <summary>Items of a decision that have gone.</summary>
    public ImmutableArray<DataItemId> Used => [.. Uses.Select(static use => use.Item)];

    /// <summary>The reason that was given with a decision.</summary>
    public string? Reason { get; init; }
}

/// <summary>An item that has gone under a decision for one use.</summary>
/// <param name="Item">The item.</param>
/// <param name="Entry">The entry that used it; null in rows from before this was kept.</param>
internal sealed record UsedItem(DataItemId Item, string? Entry);

/// <summary>Who recorded a relationship, and how; nothing is known of rows from before.</summary>
/// <param name="Source">register, referral or professional.</param>
/// <param name="Organisation">The organisation whose system or professional recorded it.</param>
/// <param name="Professional">The professional who did.</param>
/// <param name="At">When.</param>
/// <param name="Follows">The relationship that it took over from.</param>
internal sealed record RelationshipOrigin(string? Source = null, OrganisationId? Organisation = null, ProfessionalId? Professional = null, DateTimeOffset? At = null, string? Follows = null);

/// <summary>Keeps relationships by client, found by identifier and by organisation.</summary>
internal static class RelationshipStore
{
    /// <summary>How many are listed at once.</summary>
    public const int MostListed = 1000;

    private const string Unknown = "-";

    private const string Columns =
        "client, id, kind, status, from_organisation, to_organisation, professional, starts, ends, source, recorded_for, recorded_by, recorded_at, follows, "
        + "scope_items, scope_used, scope_sector, scope_role, scope_purpose, scope_once, reason, identity, scope_users";

    public static Task<List<KeptRelationship>> OfClientAsync(Session session, ClientId client, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {Columns} FROM relationship WHERE client = @client ORDER BY starts, id", Read, cancellation, ("client", client.Reveal()));

    /// <summary>
    /// Those where the organisation is a side, newest first; of one kind where it is named. At most <see cref="MostListed"/> of those that are <paramref name="kept"/>, however many others stand before them.
    /// INVARIANT: decisions of a giver are not among them, since their recipient is a side too.
    /// </summary>
    public static Task<List<KeptRelationship>> OfOrganisationAsync(
        Session session, OrganisationId organisation, string? kind, Func<List<KeptRelationship>, Task<IEnumerable<KeptRelationship>>> kept, CancellationToken cancellation) => NewestAsync(
        session,
        $"""
        SELECT {Columns} FROM relationship
        WHERE (to_organisation = @organisation OR from_organisation = @organisation) AND (@kind = '' OR kind = @kind) AND scope_items IS NULL
        """,
        [("organisation", organisation.Value), ("kind", kind ?? string.Empty)],
        kept,
        cancellation);

    /// <summary>Decisions that professionals of a giver recorded, newest first; at most <see cref="MostListed"/> of those that are <paramref name="kept"/>.</summary>
    public static Task<List<KeptRelationship>> DecisionsOfAsync(Session session, OrganisationId giver, Func<KeptRelationship, bool> kept, CancellationToken cancellation) => NewestAsync(
        session,
        $"SELECT {Columns} FROM relationship WHERE recorded_for = @giver AND scope_items IS NOT NULL",
        [("giver", giver.Value)],
        rows => Task.FromResult(rows.Where(kept)),
        cancellation);

    /// <summary>Slice by slice from the newest on, until there are enough that are kept.</summary>
    private static async Task<List<KeptRelationship>> NewestAsync(
        Session session, string sql, (string Name, object? Value)[] named, Func<List<KeptRelationship>, Task<IEnumerable<KeptRelationship>>> kept, CancellationToken cancellation)
    {
        List<KeptRelationship> found = [], slice;
        KeptRelationship? last = null;
        do
        {
            slice = await session.QueryAsync(
                sql + " AND (@last = '' OR starts < @starts OR (starts = @starts AND id < @last)) ORDER BY starts DESC, id DESC LIMIT 1000",
                Read,
                cancellation,
                [.. named, ("last", last?.Relationship.Id ?? string.Empty), ("starts", last?.Relationship.From.Column() ?? string.Empty)]);
            found.AddRange(await kept(slice));
            last = slice.LastOrDefault();
        }
        while (slice.Count == 1000 && found.Count < MostListed);
        return found.Count <= MostListed ? found : found[..MostListed];
    }

    /// <summary>All that a source's register told, ended ones included.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="source">The source.</param>
    /// <param name="organisation">The source's organisation, which is a side of each.</param>
    /// <param name="cancellation">Cancels.</param>
    public static Task<List<KeptRelationship>> OfSourceAsync(Session session, SystemId source, OrganisationId organisation, CancellationToken cancellation) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM relationship WHERE (to_organisation = @organisation OR from_organisation = @organisation) AND substr(id, 1, @length) = @prefix",
            Read,
            cancellation,
            ("organisation", organisation.Value),
            ("prefix", RegisterId.Prefix(source)),
            ("length", RegisterId.Prefix(source).Length));

    public static async Task<KeptRelationship?> FindAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync($"SELECT {Columns} FROM relationship WHERE id = @id", Read, cancellation, ("id", id))).SingleOrDefault();

    public static Task AddAsync(Session session, KeptRelationship kept, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            INSERT INTO relationship (client, id, kind, status, from_organisation, to_organisation, professional, starts, ends, source, recorded_for, recorded_by, recorded_at, follows,
              scope_items, scope_used, scope_sector, scope_role, scope_purpose, scope_once, reason, identity, scope_users)
            VALUES (@client, @id, @kind, @status, @from_organisation, @to_organisation, @professional, @starts, @ends, @source, @recorded_for, @recorded_by, @recorded_at, @follows,
              @scope_items, @scope_used, @scope_sector, @scope_role, @scope_purpose, @scope_once, @reason, @identity, @scope_users)
            """,
            cancellation,
            Parameters(kept));

    /// <summary>Writes it as it stands now.</summary>
    public static Task ChangeAsync(Session session, KeptRelationship kept, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            UPDATE relationship SET kind = @kind, status = @status, from_organisation = @from_organisation, to_organisation = @to_organisation,
              professional = @professional, starts = @starts, ends = @ends, scope_used = @scope_used, scope_users = @scope_users
            WHERE client = @client AND id = @id
            """,
            cancellation,
            Parameters(kept));

    private static (string, object?)[] Parameters(KeptRelationship kept) =>
    [
        ("client", kept.Client.Reveal()),
        ("id", kept.Relationship.Id),
        ("kind", kept.Relationship.Kind),
        ("status", Text(kept.Relationship.Status)),
        ("from_organisation", kept.Relationship.FromOrganisation?.Value),
        ("to_organisation", kept.Relationship.ToOrganisation?.Value),
        ("professional", kept.Relationship.Professional?.Value),
        ("starts", kept.Relationship.From.Column()),
        ("ends", kept.Relationship.To?.Column()),
        ("source", kept.Origin.Source),
        ("recorded_for", kept.Origin.Organisation?.Value),
        ("recorded_by", kept.Origin.Professional?.Value),
        ("recorded_at", kept.Origin.At?.Column()),
        ("follows", kept.Origin.Follows),
        .. Parameters(kept, kept.Relationship.Scope),
    ];

    private static (string, object?)[] Parameters(KeptRelationship kept, DecisionScope? scope) =>
    [
        ("scope_items", scope?.Items.Concat(kept.Used).ToImmutableArray().Column()),
        ("scope_used", scope is null ? null : kept.Used.Column()),
        ("scope_users", scope is null ? null : string.Join(' ', kept.Uses.Select(static use => use.Entry ?? Unknown))),
        ("scope_sector", scope?.Sector.Value),
        ("scope_role", scope?.Role.Value),
        ("scope_purpose", scope?.Purpose.Value),
        ("scope_once", scope is null ? null : scope.Once ? 1L : 0L),
        ("reason", kept.Reason),
        ("identity", kept.Identity?.Reveal()),
    ];

    private static string Text(RelationshipStatus status) => JsonSerializer.SerializeToElement(status, SisoteJson.Options).GetString()!;

    private static KeptRelationship Read(DbDataReader row)
    {
        var used = row.IsDBNull(15) ? [] : row.Codes<DataItemId>(15);
        return new KeptRelationship(
            ClientId.Parse(row.GetString(0)),
            new Relationship
            {
                Id = row.GetString(1),
                Kind = row.GetString(2),
                Status = JsonSerializer.SerializeToElement(row.GetString(3)).Deserialize<RelationshipStatus>(SisoteJson.Options),
                FromOrganisation = row.CodeOrNull<OrganisationId>(4),
                ToOrganisation = row.CodeOrNull<OrganisationId>(5),
                Professional = row.CodeOrNull<ProfessionalId>(6),
                From = row.Time(7),
                To = row.TimeOrNull(8),
                Scope = row.IsDBNull(14) ? null : ReadScope(row, used),
            })
        {
            Origin = new RelationshipOrigin(row.TextOrNull(9), row.CodeOrNull<OrganisationId>(10), row.CodeOrNull<ProfessionalId>(11), row.TimeOrNull(12), row.TextOrNull(13)),
            Uses = UsesOf(used, row.TextOrNull(22)),
            Reason = row.TextOrNull(20),
            Identity = row.TextOrNull(21) is { } identity ? ClientId.Parse(identity) : null,
        };
    }

    private static ImmutableArray<UsedItem> UsesOf(ImmutableArray<DataItemId> used, string? users)
    {
        var entries = users?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. used.Select((item, place) => new UsedItem(item, entries.Length == used.Length && entries[place] != Unknown ? entries[place] : null))];
    }

    /// <summary>INVARIANT: what has gone under a decision for one use is not in its scope any more.</summary>
    private static DecisionScope ReadScope(DbDataReader row, ImmutableArray<DataItemId> used) => new()
    {
        Items = [.. row.Codes<DataItemId>(14).Except(used)],
        Sector = SectorId.Parse(row.GetString(16)),
        Role = RoleId.Parse(row.GetString(17)),
        Purpose = PurposeId.Parse(row.GetString(18)),
        Once = row.GetInt64(19) == 1,
    };
}
