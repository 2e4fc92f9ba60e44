// Reads the entries that hints are looked for in.
using Sisote.Consent.Audit;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Hints;

/// <summary>Decisions on clients in which a professional of the organisation stands; the newest of a period, bounded, in the order of the log.</summary>
internal static class HintReader
{
    public const int Most = 20_000;

    private static readonly LogEntryKind[] Decisions = [LogEntryKind.Disclosure, LogEntryKind.Use, LogEntryKind.Refusal, LogEntryKind.WriteIntent];

    /// <summary>The entries, and whether these are all of the period.</summary>
    /// <param name="session">A view of the database.</param>
    /// <param name="organisation">Whose professionals.</param>
    /// <param name="period">What the log took in.</param>
    /// <param name="through">The last place.</param>
    /// <param name="log">Diagnostics: hears of records that are not what the log commits to; nothing is read from those.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task<(List<HintedEntry> Entries, bool Complete)> ReadAsync(
        Session session, OrganisationId organisation, (DateTimeOffset? Since, DateTimeOffset? Until) period, long through, ILogger log, CancellationToken cancellation)
    {
        var conditions = new EntryConditions(session.Dialect);
        conditions.Side(organisation);
        await conditions.TakenInAsync(session, period.Since, period.Until, cancellation);
        conditions.Kind(Decisions);
        var rows = await session.QueryAsync(
            $"SELECT {LogSearch.Columns} FROM log_entry e WHERE {conditions.Sql} AND e.leaf_index <= @through ORDER BY e.leaf_index DESC LIMIT {Most + 1}",
            row => LogTable.Read(row) is var logged && logged.Entry(log) is { } entry ? Make(logged.Index, entry, organisation) : null,
            cancellation,
            [.. conditions.Parameters, ("through", through)]);
        var entries = rows.Take(Most).OfType<HintedEntry>().ToList();
        entries.Reverse();
        return (entries, rows.Count <= Most);
    }

    private static HintedEntry? Make(long index, LogEntry entry, OrganisationId organisation)
    {
        var person = entry.To?.Organisation == organisation && entry.To.Professional is { } receiver ? receiver : entry.From?.Organisation == organisation ? entry.From.Professional : null;
        return entry.Client is { } client && person is { } own ? new HintedEntry(index, entry, client, own) : null;
    }
}
