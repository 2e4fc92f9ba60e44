// Rows of changes.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Changes;

/// <summary>Keeps changes by number. The newest number is kept apart, so that it goes on when all rows are removed.</summary>
internal static class ChangeStore
{
    private const string NewestName = "changes-newest";
    private static readonly NewRows.Table Table = new("change_event", "number", "at", "kind", "client", "revision");

    /// <summary>The newest number in some view of the database.</summary>
    public static async Task<long> NewestAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT value FROM room_value WHERE name = @name", static row => row.GetInt64(0), cancellation, ("name", NewestName))).SingleOrDefault();

    /// <summary>What adds changes behind the newest. INVARIANT: only while holding the log's edge, so that numbers are committed in their order and nobody sees a later one before an earlier one.</summary>
    public static async Task<IEnumerable<Statement>> AddAsync(Session session, IReadOnlyList<(ChangeKind Kind, ClientId? Client, long Revision)> changes, DateTimeOffset at, CancellationToken cancellation)
    {
        var newest = await NewestAsync(session, cancellation);
        return
        [
            .. changes.Select((change, place) => new Statement(Table.OneRow, Table.Parameters([newest + place + 1, at.Column(), Name(change.Kind), change.Client?.Reveal(), change.Revision]))),
            new Statement("INSERT INTO room_value (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value", ("name", NewestName), ("value", newest + changes.Count)),
        ];
    }

    /// <summary>Changes behind a number; null where some of them are removed, or where the number was never given.</summary>
    public static async Task<ImmutableArray<ChangeEvent>?> FindAsync(Session session, long after, int most, CancellationToken cancellation)
    {
        var newest = await NewestAsync(session, cancellation);
        if (after >= newest)
        {
            return after == newest ? [] : null;
        }

        var found = await session.QueryAsync(
            $"SELECT number, kind, client, revision FROM change_event WHERE number > @after ORDER BY number LIMIT {most}",
            static row => new ChangeEvent(row.GetInt64(0), KindIn(row.GetString(1)), row.GetInt64(3), row.TextOrNull(2) is { } client ? ClientId.Parse(client) : null),
            cancellation,
            ("after", after));
        return found is [var first, ..] && first.Number == after + 1 ? [.. found] : null;
    }

    /// <summary>Removes changes older than a time. INVARIANT: none behind one that stays, whatever the clock did: a follower would take a gap for nothing.</summary>
    public static Task<int> TrimAsync(Session session, DateTimeOffset before, CancellationToken cancellation) => session.ExecuteAsync(
        "DELETE FROM change_event WHERE number < COALESCE((SELECT MIN(number) FROM change_event WHERE at >= @before), (SELECT MAX(number) + 1 FROM change_event))", cancellation, ("before", before.Column()));

    private static string Name(ChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static ChangeKind KindIn(string name) => Enum.Parse<ChangeKind>(name, ignoreCase: true);
}
