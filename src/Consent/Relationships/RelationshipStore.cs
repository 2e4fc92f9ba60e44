// Rows of relationships, as they stand now; their history is the log.
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Relationships;

/// <summary>A relationship with the client it is of.</summary>
internal sealed record KeptRelationship(ClientId Client, Relationship Relationship);

/// <summary>Keeps relationships by client, found by identifier and by organisation.</summary>
internal static class RelationshipStore
{
    private const string Columns = "client, id, kind, status, from_organisation, to_organisation, professional, starts, ends";

    public static Task<List<KeptRelationship>> OfClientAsync(Session session, ClientId client, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {Columns} FROM relationship WHERE client = @client ORDER BY starts, id", Read, cancellation, ("client", client.Reveal()));

    /// <summary>Those where the organisation is a side, newest first; of one kind where it is named.</summary>
    public static Task<List<KeptRelationship>> OfOrganisationAsync(Session session, OrganisationId organisation, string? kind, CancellationToken cancellation) =>
        session.QueryAsync(
            $"""
            SELECT {Columns} FROM relationship
            WHERE (to_organisation = @organisation OR from_organisation = @organisation) AND (@kind = '' OR kind = @kind)
            ORDER BY starts DESC, id DESC LIMIT 1000
            """,
            Read,
            cancellation,
            ("organisation", organisation.Value),
            ("kind", kind ?? string.Empty));

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
            INSERT INTO relationship (client, id, kind, status, from_organisation, to_organisation, professional, starts, ends)
            VALUES (@client, @id, @kind, @status, @from_organisation, @to_organisation, @professional, @starts, @ends)
            """,
            cancellation,
            Parameters(kept));

    /// <summary>Writes it as it stands now.</summary>
    public static Task ChangeAsync(Session session, KeptRelationship kept, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            UPDATE relationship SET kind = @kind, status = @status, from_organisation = @from_organisation, to_organisation = @to_organisation,
              professional = @professional, starts = @starts, ends = @ends
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
    ];

    private static string Text(RelationshipStatus status) => JsonSerializer.SerializeToElement(status, SisoteJson.Options).GetString()!;

    private static KeptRelationship Read(DbDataReader row) => new(
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
        });
}
