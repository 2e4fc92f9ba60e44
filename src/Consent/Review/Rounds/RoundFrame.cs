// From which entries a round draws.
using System.Runtime.CompilerServices;
using Sisote.Consent.Audit;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;

namespace Sisote.Consent.Review.Rounds;

/// <summary>The decisions on clients where the organisation is a side, that the log took in within the round's period, at places fixed when the round was opened.</summary>
internal static class RoundFrame
{
    /// <summary>Kinds of entry that are reviewed.</summary>
    private static readonly LogEntryKind[] Decisions = [LogEntryKind.Disclosure, LogEntryKind.Use, LogEntryKind.Refusal, LogEntryKind.WriteIntent];

    /// <summary>The places that a period lies within, in the log as it stands; null where it has none.</summary>
    public static async Task<LogRange?> FindAsync(Session session, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation)
    {
        var first = await LeafTimes.FirstPlaceAsync(session, since, cancellation);
        var end = await LeafTimes.EndPlaceAsync(session, until, cancellation);
        return end > first ? new LogRange { First = first, Last = end - 1 } : null;
    }

    /// <summary>The places to draw from, one at a time.</summary>
    public static async IAsyncEnumerable<long> ReadAsync(Session session, ReviewRound round, RoundPick? pick, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var conditions = new EntryConditions(session.Dialect);
        conditions.Side(round.Organisation);
        conditions.Kind(Decisions);
        if (pick is not null)
        {
            conditions.System(pick.System?.Value);
            conditions.Item(pick.Item?.Value);
            conditions.Rule(pick.Rule?.Value);
            conditions.Is("e.outcome", pick.Outcome);
            conditions.Person(pick.Professional);
        }

        var places = session.StreamAsync(
            $"""
            SELECT e.leaf_index FROM log_entry e
            WHERE {conditions.Sql} AND e.leaf_index >= @first AND e.leaf_index <= @last AND e.leaf_time >= @since AND e.leaf_time < @until
            """,
            static row => row.GetInt64(0),
            cancellation,
            [.. conditions.Parameters, ("first", round.Frame.First), ("last", round.Frame.Last), ("since", round.Since.Column()), ("until", round.Until.Column())]);
        await foreach (var place in places)
        {
            yield return place;
        }
    }
}
