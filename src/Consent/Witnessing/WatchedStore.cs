// What this installation has seen of the logs it watches.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.Consent.Witnessing;

/// <summary>The newest accepted checkpoint of a watched log, signed by the log and cosigned here.</summary>
internal sealed record WatchedHead(Checkpoint Checkpoint, Note Note, DateTimeOffset CosignedAt);

/// <summary>Keeps one state for each watched log. INVARIANT: it only ever goes from the state that was judged to one that continues it, whoever else writes.</summary>
internal sealed class WatchedStore(Database database)
{
    /// <summary>The newest accepted checkpoint.</summary>
    public async Task<WatchedHead?> FindAsync(string origin, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var rows = await session.QueryAsync("SELECT checkpoint, cosigned_at FROM watched_log WHERE origin = @origin", static row => (row.GetString(0), row.Time(1)), cancellation, ("origin", origin));
        return rows is [var (text, at)] ? new WatchedHead(Open(text), Parse(text), at) : null;
    }

    /// <summary>Writes the next state, durable when this returns; false where the present state is not the one that was judged.</summary>
    public async Task<bool> TrySetAsync(WatchedHead? judged, WatchedHead next, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        var rows = judged is null
            ? await session.ExecuteAsync(
                "INSERT INTO watched_log (origin, size, root, checkpoint, cosigned_at) VALUES (@origin, @size, @root, @checkpoint, @at) ON CONFLICT (origin) DO NOTHING",
                cancellation,
                Columns(next))
            : await session.ExecuteAsync(
                "UPDATE watched_log SET size = @size, root = @root, checkpoint = @checkpoint, cosigned_at = @at WHERE origin = @origin AND size = @old_size AND root = @old_root",
                cancellation,
                [.. Columns(next), ("old_size", judged.Checkpoint.Size), ("old_root", judged.Checkpoint.Root.ToArray())]);
        await session.CommitAsync(cancellation);
        return rows == 1;
    }

    /// <summary>Notes how a look at a followed log went.</summary>
    public async Task NoteLookAsync(string origin, string outcome, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        await session.ExecuteAsync(
            "INSERT INTO watched_look (origin, outcome, at) VALUES (@origin, @outcome, @at) ON CONFLICT (origin) DO UPDATE SET outcome = @outcome, at = @at",
            cancellation,
            ("origin", origin),
            ("outcome", outcome),
            ("at", at.Column()));
        await session.CommitAsync(cancellation);
    }

    /// <summary>How the last look at a followed log went.</summary>
    public async Task<(string Outcome, DateTimeOffset At)?> LastLookAsync(string origin, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await session.QueryAsync("SELECT outcome, at FROM watched_look WHERE origin = @origin", static row => (row.GetString(0), row.Time(1)), cancellation, ("origin", origin)) is [var look] ? look : null;
    }

    private static (string, object?)[] Columns(WatchedHead head) =>
    [
        ("origin", head.Checkpoint.Origin),
        ("size", head.Checkpoint.Size),
        ("root", head.Checkpoint.Root.ToArray()),
        ("checkpoint", head.Note.ToString()),
        ("at", head.CosignedAt.Column()),
    ];

    private static Note Parse(string text) => Note.TryParse(text, out var note) ? note : throw new InvalidDataException("A watched checkpoint is malformed.");

    private static Checkpoint Open(string text) => Checkpoint.TryParse(Parse(text).Text, out var checkpoint) ? checkpoint : throw new InvalidDataException("A watched checkpoint is malformed.");
}
