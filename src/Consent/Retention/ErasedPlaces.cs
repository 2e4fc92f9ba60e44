// Where records were erased, when and by which period.
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
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

    /// <summary>How many records were erased on record, and how many are gone beyond those.</summary>
    public static async Task<(long Erased, long Unaccounted)> CountAsync(Session session, long size, CancellationToken cancellation)
    {
        var erased = await SumAsync(session, "SELECT COALESCE(SUM(last_index - first_index + 1), 0) FROM log_erased", cancellation);
        var whole = 0L;
        for (var first = 0L; first < size; first += WindowLength)
        {
            whole += await SumAsync(
                session, "SELECT COUNT(*) FROM log_entry WHERE leaf_index >= @first AND leaf_index < @end AND record IS NOT NULL AND salt IS NOT NULL", cancellation, ("first", first), ("end", Math.Min(first + WindowLength, size)));
        }

        return (erased, Math.Max(0, size - whole - erased));
    }

    private static async Task<long> SumAsync(Session session, string sql, CancellationToken cancellation, params (string, object?)[] parameters) =>
        Convert.ToInt64((await session.QueryAsync(sql, static row => row.GetValue(0), cancellation, parameters))[0], CultureInfo.InvariantCulture);
}
