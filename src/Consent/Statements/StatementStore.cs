// Where statements are kept, each part as it was written.
using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sisote.Consent.Storage;
using Sisote.Doors.Json;
using Sisote.Doors.Network;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Statements;

/// <summary>What is kept of a part: these words in JSON are what the digest is of.</summary>
internal sealed record PartContent(string Title, string Text, ImmutableArray<IndicatorFigures> Figures);

/// <summary>Parts are only ever added; one whose content is not what its digest says is not shown.</summary>
internal static class StatementStore
{
    private static readonly string[] Kinds = [StatementLife.Request, StatementLife.Answer, StatementLife.Public]; // in the order in which they can only come

    private const string Columns = "id, from_organisation, to_organisation, title, due, state";

    public static Task AddAsync(Session session, StatementShown statement, CancellationToken cancellation) =>
        session.ExecuteAsync(
            $"INSERT INTO statement ({Columns}) VALUES (@id, @from, @to, @title, @due, @state)",
            cancellation,
            ("id", statement.Id),
            ("from", statement.From.Value),
            ("to", statement.To.Value),
            ("title", statement.Title),
            ("due", statement.Due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("state", statement.State));

    /// <summary>Adds a part; the SHA-256 of what is kept, hexadecimal.</summary>
    public static async Task<string> AddPartAsync(Session session, string statement, string kind, OrganisationId by, PartContent content, DateTimeOffset at, CancellationToken cancellation)
    {
        var text = JsonSerializer.Serialize(content, SisoteJson.Options);
        var digest = DigestOf(text);
        await session.ExecuteAsync(
            "INSERT INTO statement_part (statement, kind, organisation, content, digest, written_at) VALUES (@statement, @kind, @organisation, @content, @digest, @at)",
            cancellation,
            ("statement", statement),
            ("kind", kind),
            ("organisation", by.Value),
            ("content", text),
            ("digest", digest),
            ("at", at.Column()));
        return digest;
    }

    public static Task MoveAsync(Session session, string id, string state, CancellationToken cancellation) =>
        session.ExecuteAsync("UPDATE statement SET state = @state WHERE id = @id", cancellation, ("id", id), ("state", state));

    /// <summary>A statement with its parts; null where there is none.</summary>
    public static async Task<StatementShown?> FindAsync(Session session, string id, CancellationToken cancellation)
    {
        var found = (await session.QueryAsync($"SELECT {Columns} FROM statement WHERE id = @id", Read, cancellation, ("id", id))).SingleOrDefault();
        return found is null ? null : found with { Parts = [.. await PartsAsync(session, id, cancellation)] };
    }

    /// <summary>The newest statements that an organisation asked for or was asked, and those that are public; without their parts.</summary>
    public static Task<List<StatementShown>> NewestAsync(Session session, OrganisationId viewer, int most, CancellationToken cancellation) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM statement WHERE from_organisation = @viewer OR to_organisation = @viewer OR state = '{StatementLife.Public}' ORDER BY (SELECT MIN(written_at) FROM statement_part WHERE statement = id) DESC, id LIMIT {most}",
            Read,
            cancellation,
            ("viewer", viewer.Value));

    /// <summary>SHA-256, hexadecimal.</summary>
    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<IEnumerable<StatementPart>> PartsAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT kind, organisation, content, digest, written_at FROM statement_part WHERE statement = @id", ReadPart, cancellation, ("id", id))).OfType<StatementPart>().OrderBy(static part => Array.IndexOf(Kinds, part.Kind));

    /// <summary>Null where somebody changed it in the database.</summary>
    private static StatementPart? ReadPart(DbDataReader row)
    {
        var (text, digest) = (row.GetString(2), row.GetString(3));
        if (DigestOf(text) != digest || JsonSerializer.Deserialize<PartContent>(text, SisoteJson.Options) is not { } content)
        {
            return null;
        }

        return new StatementPart { Kind = row.GetString(0), By = OrganisationId.Parse(row.GetString(1)), At = row.Time(4), Text = content.Text, Figures = content.Figures, Digest = digest };
    }

    private static StatementShown Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        From = OrganisationId.Parse(row.GetString(1)),
        To = OrganisationId.Parse(row.GetString(2)),
        Title = row.GetString(3),
        Due = row.TextOrNull(4) is { } due ? DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        State = row.GetString(5),
        Parts = [],
    };
}
