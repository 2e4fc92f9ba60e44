// From an instant to a place in the log.
using Sisote.Consent.Storage;

namespace Sisote.Consent.Audit;

/// <summary>Times of leaves grow along the log: halving finds the place of an instant without an index that every append would have to write. In logs that were begun before the log's writer saw to that, they grow save for the difference between the clocks of replicas.</summary>
internal static class LeafTimes
{
    /// <summary>More than the clocks of replicas may differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>A place before which everything was taken in before an instant.</summary>
    public static Task<long> FirstPlaceAsync(Session session, DateTimeOffset from, CancellationToken cancellation) => HalveAsync(session, Earlier(from), cancellation);

    /// <summary>A place from which on everything was taken in at an instant or later.</summary>
    public static Task<long> EndPlaceAsync(Session session, DateTimeOffset before, CancellationToken cancellation) => HalveAsync(session, Later(before), cancellation);

    /// <summary>The first place at which something was taken in at an instant or later, going by neighbours from where it must lie.</summary>
    public static async Task<long> FirstExactlyAsync(Session session, DateTimeOffset from, CancellationToken cancellation)
    {
        var (first, end) = (await FirstPlaceAsync(session, from, cancellation), await EndPlaceAsync(session, from, cancellation));
        return (await session.QueryAsync(
            "SELECT leaf_index FROM log_entry WHERE leaf_index >= @first AND leaf_index <= @end AND leaf_time >= @from ORDER BY leaf_index LIMIT 1",
            static row => row.GetInt64(0),
            cancellation,
            ("first", first),
            ("end", end),
            ("from", from.Column()))).SingleOrDefault(end);
    }

    private static async Task<long> HalveAsync(Session session, DateTimeOffset at, CancellationToken cancellation)
    {
        var column = at.Column();
        var (low, high) = (0L, await SizeAsync(session, cancellation));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (string.CompareOrdinal(await TimeAtAsync(session, middle, cancellation), column) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>How many places the log has.</summary>
    public static async Task<long> SizeAsync(Session session, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT size FROM log_edge WHERE id = 1", static row => row.GetInt64(0), cancellation)).Single();

    /// <summary>The time at a place, or after it where somebody removed the row; the end of times after the last.</summary>
    private static async Task<string> TimeAtAsync(Session session, long index, CancellationToken cancellation) =>
        (await session.QueryAsync("SELECT leaf_time FROM log_entry WHERE leaf_index >= @index ORDER BY leaf_index LIMIT 1", static row => row.GetString(0), cancellation, ("index", index)))
            .SingleOrDefault("9999");

    private static DateTimeOffset Earlier(DateTimeOffset at) => at - DateTimeOffset.MinValue > Margin ? at - Margin : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset at) => DateTimeOffset.MaxValue - at > Margin ? at + Margin : DateTimeOffset.MaxValue;
}
