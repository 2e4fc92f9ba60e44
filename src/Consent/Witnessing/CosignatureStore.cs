// What the witnesses of this installation's own log said.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Witnessing;

/// <summary>Keeps cosignatures that were verified, and how the last call of each witness went.</summary>
internal sealed class CosignatureStore(Database database, WitnessingPlan plan)
{
    private const string Newest = "SELECT MAX(size) FROM (SELECT size FROM log_cosignature GROUP BY size, checkpoint HAVING COUNT(*) >= @needed) cosigned";

    /// <summary>The checkpoint with the cosignatures that were given on this very text.</summary>
    public static async Task<string> CompleteAsync(Session session, string checkpoint, CancellationToken cancellation) =>
        checkpoint + string.Concat(await session.QueryAsync(
            "SELECT line FROM log_cosignature WHERE checkpoint = @checkpoint ORDER BY witness", static row => row.GetString(0), cancellation, ("checkpoint", checkpoint)));

    /// <summary>The newest checkpoint that enough witnesses cosigned, with their lines; null for none.</summary>
    public async Task<string?> FindNewestAsync(Session session, CancellationToken cancellation)
    {
        if (await FindNewestSizeAsync(session, cancellation) is not { } size)
        {
            return null;
        }

        var lines = await session.QueryAsync(
            "SELECT checkpoint, line FROM log_cosignature WHERE size = @size ORDER BY witness", static row => (Checkpoint: row.GetString(0), Line: row.GetString(1)), cancellation, ("size", size));
        var most = lines.GroupBy(static row => row.Checkpoint, StringComparer.Ordinal).MaxBy(static group => group.Count())!;
        return most.Key + string.Concat(most.Select(static row => row.Line));
    }

    /// <summary>The size of that checkpoint.</summary>
    public async Task<long?> FindNewestSizeAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync(Newest, static row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), cancellation, ("needed", Math.Max(1L, plan.Quorum.Needed)))).Single();

    /// <summary>How the last calls went.</summary>
    public static async Task<List<AskedWitnessStatus>> ListAsync(Session session, CancellationToken cancellation) => await session.QueryAsync(
        "SELECT witness, size, outcome, at FROM log_witness ORDER BY witness",
        static row => new AskedWitnessStatus { Name = row.GetString(0), Size = row.GetInt64(1), Outcome = row.GetString(2), Since = row.Time(3) },
        cancellation);

    /// <summary>Keeps a verified cosignature, and notes that the call went well: one transaction, for appends wait for it on an embedded database.</summary>
    public async Task KeepAsync(Note checkpoint, long size, NoteSignature line, DateTimeOffset cosignedAt, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        await session.ExecuteAsync(
            """
            INSERT INTO log_cosignature (size, witness, checkpoint, line, cosigned_at) VALUES (@size, @witness, @checkpoint, @line, @at)
            ON CONFLICT (size, witness) DO UPDATE SET checkpoint = @checkpoint, line = @line, cosigned_at = @at
            """,
            cancellation,
            ("size", size),
            ("witness", line.Name),
            ("checkpoint", checkpoint.ToString()),
            ("line", line.ToString()),
            ("at", cosignedAt.Column()));
        await NoteAsync(session, line.Name, "cosigned", size, at, cancellation);
        await session.CommitAsync(cancellation);
    }

    /// <summary>Notes how a call went that brought no cosignature.</summary>
    public async Task NoteAsync(string witness, string outcome, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        await NoteAsync(session, witness, outcome, 0, at, cancellation);
        await session.CommitAsync(cancellation);
    }

    /// <summary>Forgets what nobody will ask for any more: cosignatures older than the newest checkpoint that has enough, or, where none has, than this size.</summary>
    public async Task TidyAsync(long size, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var keepFrom = await FindNewestSizeAsync(session, cancellation) ?? size;
        await session.ExecuteAsync("DELETE FROM log_cosignature WHERE size < @from", cancellation, ("from", keepFrom));
        await session.CommitAsync(cancellation);
    }

    /// <summary>The time moves with the outcome, the size only upwards.</summary>
    private static Task NoteAsync(Session session, string witness, string outcome, long size, DateTimeOffset at, CancellationToken cancellation) => session.ExecuteAsync(
        """
        INSERT INTO log_witness (witness, size, outcome, at) VALUES (@witness, @size, @outcome, @at)
        ON CONFLICT (witness) DO UPDATE SET at = CASE WHEN log_witness.outcome = @outcome THEN log_witness.at ELSE @at END, outcome = @outcome,
          size = CASE WHEN @size > log_witness.size THEN @size ELSE log_witness.size END
        """,
        cancellation,
        ("witness", witness),
        ("size", size),
        ("outcome", outcome),
        ("at", at.Column()));
}
