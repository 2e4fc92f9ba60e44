// The rows of runs of erasing.
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Retention;

/// <summary>A run of erasing as it stands: what it may erase was fixed when it was prepared, and can only become less.</summary>
internal sealed record KeptRun
{
    public const string Prepared = "prepared";
    public const string Erasing = "erasing";
    public const string Clearing = "clearing";
    public const string Done = "done";
    public const string GivenUp = "given-up";

    private const string Columns = "id, as_of, size, terms, prepared_at, state, export, without_export, next_index, erased";

    public required string Id { get; init; }

    public required DateOnly AsOf { get; init; }

    public required long Size { get; init; }

    public required string Terms { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    public required string State { get; init; }

    public Digest? Export { get; init; }

    public bool WithoutExport { get; init; }

    public long Next { get; init; }

    public long Erased { get; init; }

    /// <summary>What an entry of the log names as the bundle.</summary>
    public Digest? NamedExport => WithoutExport ? null : Export;

    public static async Task<KeptRun?> FindAsync(Session session, string id, CancellationToken cancellation) =>
        (await session.QueryAsync($"SELECT {Columns} FROM erasure_run WHERE id = @id", Read, cancellation, ("id", id))).SingleOrDefault();

    /// <summary>The newest runs.</summary>
    public static Task<List<KeptRun>> NewestAsync(Session session, CancellationToken cancellation) =>
        session.QueryAsync($"SELECT {Columns} FROM erasure_run ORDER BY prepared_at DESC, id DESC LIMIT 100", Read, cancellation);

    /// <summary>Writes a new run, and gives up those that have not come to their end.</summary>
    public Task AddAsync(Session session, CancellationToken cancellation) => session.ExecuteAsync(
        [
            new Statement($"UPDATE erasure_run SET state = '{GivenUp}' WHERE state IN ('{Prepared}', '{Erasing}')"),
            new Statement(
                $"INSERT INTO erasure_run ({Columns}) VALUES (@id, @as_of, @size, @terms, @prepared_at, @state, NULL, 0, 0, 0)",
                ("id", Id),
                ("as_of", AsOf.Column()),
                ("size", Size),
                ("terms", Terms),
                ("prepared_at", PreparedAt.Column()),
                ("state", State)),
        ],
        cancellation);

    /// <summary>Writes where a run stands now.</summary>
    public Task KeepAsync(Session session, CancellationToken cancellation) => session.ExecuteAsync(
        "UPDATE erasure_run SET state = @state, export = @export, without_export = @without_export, next_index = @next_index, erased = @erased WHERE id = @id",
        cancellation,
        ("id", Id),
        ("state", State),
        ("export", Export?.ToString()),
        ("without_export", WithoutExport ? 1L : 0L),
        ("next_index", Next),
        ("erased", Erased));

    public ErasureRun Show() => new() { Id = Id, AsOf = AsOf, Size = Size, PreparedAt = PreparedAt, State = State, Export = Export, WithoutExport = WithoutExport, Erased = Erased };

    private static KeptRun Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        AsOf = Days.Parse(row.GetString(1)),
        Size = row.GetInt64(2),
        Terms = row.GetString(3),
        PreparedAt = row.Time(4),
        State = row.GetString(5),
        Export = row.TextOrNull(6) is { } export ? Digest.Parse(export) : null,
        WithoutExport = row.GetInt64(7) == 1,
        Next = row.GetInt64(8),
        Erased = row.GetInt64(9),
    };
}
