// Rows of the network's registers.
using System.Data.Common;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Network;

/// <summary>Keeps the row that stands, for asking, and every version as a whole, for reading. What is not valid at an instant is not found.</summary>
internal static class NetworkStore
{
    /// <summary>The most rows of one answer.</summary>
    public const int Most = 500;

    private const string Newest = "SELECT v.content FROM network_row r JOIN network_version v ON v.id = r.id AND v.version = r.version";

    /// <summary>Rows that fit and are valid at an instant, one more than may be answered.</summary>
    public static Task<List<NetworkRow>> FindAsync(Session session, NetworkQuestion question, DateTimeOffset at, CancellationToken cancellation)
    {
        List<(string Name, object? Value)> values = [("kind", NameOf(question.Kind)), ("at", at.Column())];
        var where = string.Concat(Conditions(question).Select(condition =>
        {
            values.Add((condition.Name, condition.Value));
            return " AND " + condition.Sql;
        }));
        var free = question.Free ? " AND (r.free_places IS NULL OR r.free_places > 0)" : string.Empty;
        return session.QueryAsync(
            $"{Newest} WHERE r.kind = @kind AND r.starts <= @at AND (r.ends IS NULL OR r.ends >= @at){where}{free} ORDER BY r.organisation, r.id LIMIT {Most + 1}", Read, cancellation, [.. values]);
    }

    /// <summary>The row with this identifier, valid or not.</summary>
    public static async Task<NetworkRow?> FindAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync($"{Newest} WHERE r.id = @id", Read, cancellation, ("id", id))).SingleOrDefault();

    /// <summary>Every version of a row, newest first.</summary>
    public static Task<List<NetworkRow>> HistoryAsync(Session session, string id, CancellationToken cancellation) =>
        session.QueryAsync("SELECT content FROM network_version WHERE id = @id ORDER BY version DESC", Read, cancellation, ("id", id));

    /// <summary>Writes a version, which stands from now on.</summary>
    public static Task PutAsync(Session session, NetworkRow row, ProfessionalId? by, CancellationToken cancellation) => session.ExecuteAsync(
        [
            new Statement(
                """
                INSERT INTO network_row (id, kind, organisation, sector, unit, municipality, category, free_places, starts, ends, version)
                VALUES (@id, @kind, @organisation, @sector, @unit, @municipality, @category, @free_places, @starts, @ends, @version)
                ON CONFLICT (id) DO UPDATE SET sector = @sector, unit = @unit, municipality = @municipality, category = @category, free_places = @free_places, starts = @starts, ends = @ends, version = @version
                """,
                ("id", row.Id),
                ("kind", NameOf(row.Kind)),
                ("organisation", row.Organisation.Value),
                ("sector", row.Sector?.Value),
                ("unit", row.Contact?.Unit ?? row.Offer?.Unit),
                ("municipality", row.Unit?.Municipality ?? row.Offer?.Municipality),
                ("category", row.Offer?.Category),
                ("free_places", (long?)row.Offer?.FreePlaces),
                ("starts", row.From.Column()),
                ("ends", row.To?.Column()),
                ("version", row.Version)),
            new Statement(
                "INSERT INTO network_version (id, version, content, recorded_at, recorded_by) VALUES (@id, @version, @content, @recorded_at, @recorded_by)",
                ("id", row.Id),
                ("version", row.Version),
                ("content", JsonSerializer.Serialize(row, SisoteJson.Options)),
                ("recorded_at", row.RecordedAt.Column()),
                ("recorded_by", by?.Value)),
        ],
        cancellation);

    private static IEnumerable<(string Sql, string Name, object Value)> Conditions(NetworkQuestion question)
    {
        if (question.Id is { } id)
        {
            yield return ("r.id = @id", "id", id);
        }

        if (question.Organisation is { } organisation)
        {
            yield return ("r.organisation = @organisation", "organisation", organisation.Value);
        }

        if (question.Sector is { } sector)
        {
            yield return ("r.sector = @sector", "sector", sector.Value);
        }

        if (question.Municipality is { } municipality)
        {
            yield return ("(r.municipality = @municipality OR r.municipality IS NULL)", "municipality", municipality);
        }

        if (question.Category is { } category)
        {
            yield return ("r.category = @category", "category", category);
        }

        if (question.Unit is { } unit)
        {
            yield return ("r.unit = @unit", "unit", unit);
        }
    }

    private static string NameOf(NetworkKind kind) => kind switch
    {
        NetworkKind.Unit => "unit",
        NetworkKind.Contact => "contact",
        NetworkKind.Offer => "offer",
        NetworkKind.Group => "group",
        _ => throw new InvalidOperationException($"{kind} is no kind."),
    };

    private static NetworkRow Read(DbDataReader row) =>
        JsonSerializer.Deserialize<NetworkRow>(row.GetString(0), SisoteJson.Options) ?? throw new InvalidDataException("A row of the network is empty.");
}
