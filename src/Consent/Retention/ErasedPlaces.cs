// Where records were erased, when and by which period.
using Microsoft.AspNetCore.Http.HttpResults;
using Sisote.Consent.Keeping;
using Sisote.Consent.Replaying;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Retention;

/// <summary>An erased place.</summary>
internal sealed record ErasedPlace(string Period, DateTimeOffset ErasedAt, string Run)
{
    /// <summary>What a data-protection officer is told: the day and the rule. Whose record it was, nobody knows any more, so any officer may know this much.</summary>
    public ProblemHttpResult Tell() => Problems.EntryErased(FinnishTime.DateOf(ErasedAt).Column(), Period, Run);
}

/// <summary>The places whose records were erased.</summary>
internal static class ErasedPlaces
{
    private const long WindowLength = 50_000; // so that no question to the database takes long, however long the log

    private static readonly NewRows.Table Table = new("log_erased", "first_index", "last_index", "period", "erased_at", "run");

    /// <summary>What inserts newly erased places.</summary>
    public static IEnumerable<Statement> Add(Dialect dialect, IEnumerable<LogRange> ranges, string period, DateTimeOffset at, string run)
    {
        var rows = new NewRows(Table);
        foreach (var range in ranges)
        {
            rows.Add(range.First, range.Last, period, at.Column(), run);
        }

        return rows.Statements(dialect);
    }

    /// <summary>What is known of an erased place; null where none was erased there.</summary>
    public static async Task<ErasedPlace?> FindAsync(Session session, long index, CancellationToken cancellation)
    {
        var nearest = await session.QueryAsync(
            "SELECT last_index, period, erased_at, run FROM log_erased WHERE first_index <= @index ORDER BY first_index DESC LIMIT 1",
            static row => (Last: row.GetInt64(0), Place: new ErasedPlace(row.GetString(1), row.Time(2), row.GetString(3))),
            cancellation,
            ("index", index));
        return nearest is [var (last, place)] && last >= index ? place : null;
    }

    /// <summary>Which of the places were erased by what the log's own entries say.</summary>
    public static async Task<IReadOnlySet<long>> AmongAsync(Database database, IReadOnlyCollection<long> places, long size, CancellationToken cancellation)
    {
        var ranges = places.Count == 0 ? [] : await ToldAsync(database, size, cancellation);
        return places.Where(place => ranges.Exists(range => range.First <= place && place <= range.Last)).ToHashSet();
    }

    /// <summary>How many records were erased by what the log's own entries say, and how many are gone beyond those.</summary>
    /// <remarks>INVARIANT: what counts as erased is what entries say that the log committed to; a row that somebody wrote beside it accounts for nothing.</remarks>
    public static async Task<(long Erased, long Unaccounted)> CountAsync(Database database, long size, CancellationToken cancellation)
    {
        var ranges = await ToldAsync(database, size, cancellation);
        var (gone, told) = (0L, 0L);
        for (var first = 0L; first < size; first += WindowLength)
        {
            await using var session = await database.ReadAsync(cancellation);
            var end = Math.Min(first + WindowLength, size);
            var whole = await session.QueryAsync(
                "SELECT leaf_index FROM log_entry WHERE leaf_index >= @first AND leaf_index < @end AND record IS NOT NULL AND salt IS NOT NULL ORDER BY leaf_index", static row => row.GetInt64(0), cancellation, ("first", first), ("end", end));
            var erased = ranges.Where(range => range.First < end && range.Last >= first).ToList();
            var toldHere = erased.Sum(range => Math.Min(range.Last, end - 1) - Math.Max(range.First, first) + 1);
            told += toldHere;
            gone += end - first - toldHere - CountOutside(erased, whole);
        }

        return (told, gone);
    }

    /// <summary>The places that entries of erasing name, joined, within the log.</summary>
    private static async Task<List<LogRange>> ToldAsync(Database database, long size, CancellationToken cancellation)
    {
        var told = new List<LogRange>();
        for (var first = 0L; first < size; first += WindowLength)
        {
            await using var session = await database.ReadAsync(cancellation);
            var entries = await session.QueryAsync(
                $"SELECT {LogTable.Columns} FROM log_entry WHERE leaf_index >= @first AND leaf_index < @end AND kind = 'erasure'", LogTable.Read, cancellation, ("first", first), ("end", Math.Min(first + WindowLength, size)));
            told.AddRange(entries.Select(ReplayableEntry.Read).Select(static read => read.Entry?.Erasure).OfType<LogErasure>().SelectMany(static erasure => erasure.Ranges));
        }

        return Join(told.Where(range => range.First < size).Select(range => range with { Last = Math.Min(range.Last, size - 1) }));
    }

    /// <summary>How many of the places lie in none of the ranges; both in their order.</summary>
    private static long CountOutside(List<LogRange> ranges, List<long> places)
    {
        var (outside, at) = (0L, 0);
        foreach (var place in places)
        {
            while (at < ranges.Count && ranges[at].Last < place)
            {
                at++;
            }

            outside += at < ranges.Count && ranges[at].First <= place ? 0 : 1;
        }

        return outside;
    }

    private static List<LogRange> Join(IEnumerable<LogRange> ranges)
    {
        var joined = new List<LogRange>();
        foreach (var range in ranges.OrderBy(static range => range.First))
        {
            if (joined is [.., var last] && range.First <= last.Last + 1)
            {
                joined[^1] = last with { Last = Math.Max(last.Last, range.Last) };
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}
