// Rows of consents: one for each version, insert only.
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>Keeps every version that ever was.</summary>
internal static class ConsentStore
{
    private const string Columns = "client, record, what, at, text_language, text_version, how, entry_id";

    /// <summary>All versions of all consents of a client, oldest version first within each consent.</summary>
    public static Task<List<ConsentVersion>> AllAsync(Session session, ClientId client, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {Columns} FROM consent WHERE client = @client ORDER BY id, version", Read, cancellation, ("client", client.Reveal()));

    /// <summary>All versions of one consent of a client, oldest first; empty where there is none.</summary>
    public static Task<List<ConsentVersion>> VersionsAsync(Session session, ClientId client, string id, CancellationToken cancellation) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM consent WHERE client = @client AND id = @id ORDER BY version", Read, cancellation, ("client", client.Reveal()), ("id", id));

    /// <summary>Adds a version.</summary>
    public static Task AddAsync(Session session, ConsentVersion version, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            INSERT INTO consent (client, id, version, record, what, at, text_language, text_version, how, entry_id)
            VALUES (@client, @id, @version, @record, @what, @at, @text_language, @text_version, @how, @entry_id)
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
            ("entry_id", version.EntryId));

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
    };
}
