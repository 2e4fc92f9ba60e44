// Says of what is kept beside the log whether its time has ended, and whether a hold keeps it.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Consent.Retention.Beside;

/// <summary>Judges as of one day and under some holds, the same in a report and in the transaction that erases.</summary>
internal sealed class BesideJudge
{
    private readonly DateOnly asOf;
    private readonly IReadOnlyList<(Hold Hold, DateTimeOffset From, DateTimeOffset To)> holds;

    private BesideJudge(DateOnly asOf, IReadOnlyList<(Hold, DateTimeOffset, DateTimeOffset)> holds) => (this.asOf, this.holds) = (asOf, holds);

    /// <summary>A judge under these holds. A hold on places keeps what counted at any time between the first and the last of them.</summary>
    public static async Task<BesideJudge> ReadAsync(Session session, DateOnly asOf, IEnumerable<Hold> holds, CancellationToken cancellation)
    {
        var known = new List<(Hold, DateTimeOffset, DateTimeOffset)>();
        foreach (var hold in holds)
        {
            var (from, to) = hold.Range is { } range ? await TimesAsync(session, range, cancellation) : (default, default);
            known.Add((hold, from, to));
        }

        return new BesideJudge(asOf, known);
    }

    /// <summary>The verdict, and the period where the time has ended by one.</summary>
    public (RetentionVerdict Verdict, string? Period) Judge(KeptBeside row) =>
        row.DueAsOf(asOf) is not { } period ? (RetentionVerdict.Later, null)
        : holds.Any(held => Covers(held, row)) ? (RetentionVerdict.Held, period)
        : (RetentionVerdict.Due, period);

    private static bool Covers((Hold Hold, DateTimeOffset From, DateTimeOffset To) held, KeptBeside row) => held.Hold.Scope switch
    {
        Hold.OfClient => row.Clients.Any(whose => whose == held.Hold.Client || held.Hold.Clients.Contains(whose)),
        Hold.OfOrganisation => held.Hold.Organisation is { } organisation && row.Organisations.Contains(organisation),
        Hold.OfRange => row.Begun <= held.To && row.Ended >= held.From,
        _ => throw new InvalidDataException("A hold of unknown scope."), // fail closed: nothing is erased beside a hold that nobody understands
    };

    private static async Task<(DateTimeOffset From, DateTimeOffset To)> TimesAsync(Session session, LogRange range, CancellationToken cancellation)
    {
        var times = await session.QueryAsync(
            "SELECT leaf_time FROM log_entry WHERE leaf_index = @first OR leaf_index = @last ORDER BY leaf_index", static row => row.Time(0), cancellation, ("first", range.First), ("last", range.Last));
        return (times[0], times[^1]);
    }
}
