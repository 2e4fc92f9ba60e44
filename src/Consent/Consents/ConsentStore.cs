// Rows of consents: one for each version, insert only.
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Keeps every version that ever was.</summary>
internal static class ConsentStore
{
    private const string Columns = "client, record, what, at, text_language, text_version, how, entry_id, evidence, recorded_by";

    /// <summary>All versions of all consents of a client, oldest version first within each consent.</summary>
    public static Task<List<ConsentVersion>> AllAsync(Session session, ClientId client, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {Columns} FROM consent WHERE client = @client ORDER BY id, version", Read, cancellation, ("client", client.Reveal()));

    /// <summary>All versions of one consent of a client, oldest first; empty where there is none.</summary>
    public static Task<List<ConsentVersion>> VersionsAsync(Session session, ClientId client, string id, CancellationToken cancellation) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM consent WHERE client = @client AND id = @id ORDER BY version", Read, cancellation, ("client", client.Reveal()), ("id", id));

    /// <summary>All versions of the consents that an organisation recorded, with identifiers below one: the highest first, oldest version first within each.</summary>
    public static Task<List<ConsentVersion>> RecordedAsync(Session session, OrganisationId organisation, string below, int most, CancellationToken cancellation) =>
        session.QueryAsync(
            $"""
            SELECT {Columns} FROM consent
            WHERE (client, id) IN (SELECT p.client, p.id FROM consent_place p WHERE p.recorded_for = @organisation AND p.id < @below ORDER BY p.id DESC LIMIT {most})
            ORDER BY id DESC, version
            """,
            Read,
            cancellation,
            ("organisation", organisation.Value),
            ("below", below));

    /// <summary>The same of one client.</summary>
    public static Task<List<ConsentVersion>> RecordedAsync(Session session, OrganisationId organisation, ClientId client, CancellationToken cancellation) =>
        session.QueryAsync(
            $"""
            SELECT {Columns} FROM consent
            WHERE client = @client AND id IN (SELECT p.id FROM consent_place p WHERE p.client = @client AND p.recorded_for = @organisation)
            ORDER BY id DESC, version
            """,
            Read,
            cancellation,
            ("organisation", organisation.Value),
            ("client", client.Reveal()));

    /// <summary>Adds a version.</summary>
    public static async Task AddAsync(Session session, ConsentVersion version, CancellationToken cancellation)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO consent (client, id, version, record, what, at, text_language, text_version, how, entry_id, evidence, recorded_by)
            VALUES (@client, @id, @version, @record, @what, @at, @text_language, @text_version, @how, @entry_id, @evidence, @recorded_by)
            """,
            cancellation,
            ("client", version.Client.Reveal()),
            ("id", version.Record.Id),
            ("version", (long)version.Record.Version),
            ("record", JsonSerializer.Serialize(version.Record, SisoteJson.Options)),
            ("what", version.What),
            ("at", version.At.Column()),
            ("text_language", version.TextLanguage),
            ("text_version", version.TextVersion),
            ("how", version.How),
            ("entry_id", version.EntryId),
            ("evidence", version.Evidence == new ConsentEvidence() ? null : JsonSerializer.Serialize(version.Evidence, SisoteJson.Options)),
            ("recorded_by", version.RecordedBy?.Value));
        await ConsentPlaces.PutAsync(session, version, cancellation);
    }

    private static ConsentVersion Read(DbDataReader row) => new()
    {
        Client = ClientId.Parse(row.GetString(0)),
        Record = JsonSerializer.Deserialize<ConsentRecord>(row.GetString(1), SisoteJson.Options) ?? throw new InvalidDataException("A consent is empty."),
        What = row.GetString(2),
        At = row.Time(3),
        TextLanguage = row.GetString(4),
        TextVersion = row.GetString(5),
        How = row.GetString(6),
        EntryId = row.GetString(7),
        Evidence = row.TextOrNull(8) is { } evidence ? JsonSerializer.Deserialize<ConsentEvidence>(evidence, SisoteJson.Options)! : new ConsentEvidence(),
        RecordedBy = row.CodeOrNull<ProfessionalId>(9),
    };
}
