// Counts what a search matches.
using System.Collections.Immutable;
using System.Data.Common;
using Sisote.Consent.Audit;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;

namespace Sisote.Consent.Review.Searching;

/// <summary>Facets and histogram in one pass over the newest entries that match, at most <see cref="ReviewCounts.Most"/>; items and rules in one question each over the same stretch.</summary>
internal sealed class EntryCounts
{
    private const int MostValues = 50;

    private readonly Dictionary<string, long> kinds = [];
    private readonly Dictionary<string, long> outcomes = [];
    private readonly Dictionary<string, long> systems = [];
    private readonly Dictionary<string, long> organisations = [];
    private readonly Histogram histogram = new();

    private long entries;
    private long lowest = long.MaxValue;
    private bool complete = true;

    /// <summary>Counts.</summary>
    public static async Task<ReviewCounts> ReadAsync(Session session, EntryConditions conditions, CancellationToken cancellation)
    {
        var counts = new EntryCounts();
        var rows = session.StreamAsync(
            $"""
            SELECT e.leaf_index, e.leaf_time, e.kind, e.outcome, e.from_system, e.to_system, e.from_organisation, e.to_organisation
            FROM log_entry e WHERE {conditions.Sql} ORDER BY e.leaf_index DESC LIMIT {ReviewCounts.Most + 1}
            """,
            static row => row,
            cancellation,
            [.. conditions.Parameters]);
        await foreach (var row in rows)
        {
            if (counts.entries == ReviewCounts.Most)
            {
                counts.complete = false;
                break;
            }

            counts.Add(row);
        }

        return counts.ToCounts(
            await counts.ItemsAsync(session, conditions, "i.item", "COUNT(*)", string.Empty, cancellation),
            await counts.ItemsAsync(session, conditions, "i.rule", "COUNT(DISTINCT i.leaf_index)", " AND " + LogSearch.RuleSeen, cancellation));
    }

    private void Add(DbDataReader row)
    {
        entries++;
        lowest = row.GetInt64(0);
        var kind = row.GetString(2);
        histogram.Add(row.GetString(1), kind == "refusal");
        Count(kinds, kind);
        Count(outcomes, row.GetString(3));
        Count(systems, row.TextOrNull(4), row.TextOrNull(5));
        Count(organisations, row.TextOrNull(6), row.TextOrNull(7));
    }

    private Task<List<FacetCount>> ItemsAsync(Session session, EntryConditions conditions, string column, string counted, string seen, CancellationToken cancellation) => session.QueryAsync(
        $"""
        SELECT {column}, {counted} FROM log_entry e JOIN log_item i ON i.leaf_index = e.leaf_index
        WHERE {conditions.Sql} AND e.leaf_index >= @lowest AND {column} IS NOT NULL{seen} GROUP BY {column} ORDER BY {counted} DESC, {column} LIMIT {MostValues}
        """,
        static row => new FacetCount(row.GetString(0), row.GetInt64(1)),
        cancellation,
        [.. conditions.Parameters, ("lowest", lowest)]);

    private ReviewCounts ToCounts(List<FacetCount> items, List<FacetCount> rules) => new()
    {
        Entries = entries,
        Complete = complete,
        Kinds = Facet(kinds),
        Outcomes = Facet(outcomes),
        Systems = Facet(systems),
        Organisations = Facet(organisations),
        Items = [.. items],
        Rules = [.. rules],
        Step = histogram.Step,
        Histogram = histogram.Bars(),
    };

    private static ImmutableArray<FacetCount> Facet(Dictionary<string, long> counts) =>
        [.. counts.Select(static pair => new FacetCount(pair.Key, pair.Value)).OrderByDescending(static facet => facet.Count).ThenBy(static facet => facet.Value, StringComparer.Ordinal).Take(MostValues)];

    private static void Count(Dictionary<string, long> counts, string? value, string? other = null)
    {
        foreach (var one in new[] { value, other == value ? null : other })
        {
            if (one is not null)
            {
                counts[one] = counts.GetValueOrDefault(one) + 1;
            }
        }
    }
}
