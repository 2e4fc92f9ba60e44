// Which entries a request is about, and which of them go into the package.
using System.Collections.Immutable;
using Sisote.Consent.Audit;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Requests;

/// <summary>An entry with what became of it and whether it goes into the package; null = to be decided.</summary>
internal sealed record RequestedEntry(LoggedEntry Logged, LogEntry Entry, string Outcome, bool Hidden, bool? Included);

/// <summary>What a request is about.</summary>
/// <param name="Entries">The entries, oldest first; of several attempts to send the same the last one.</param>
/// <param name="IsWhole">Whether every record was as the log commits to it; one that was not is not among the entries, and what it said nobody knows.</param>
internal sealed record RequestReading(ImmutableArray<RequestedEntry> Entries, bool IsWhole);

/// <summary>Reads the decisions on one client where the organisation is a side, up to the request's own entry: what was logged after it is not its business.</summary>
internal static class RequestedEntries
{
    /// <summary>More than this is not one request's business but a fault of some system; the officer then narrows the period.</summary>
    public const int Most = 10_000;

    private static readonly LogEntryKind[] Decisions = [LogEntryKind.Disclosure, LogEntryKind.Use, LogEntryKind.Refusal, LogEntryKind.WriteIntent];

    /// <summary>The entries; null where there are too many.</summary>
    public static async Task<RequestReading?> ReadAsync(Session session, LogRequest request, ClientId client, DateTimeOffset now, ILogger log, CancellationToken cancellation)
    {
        var end = (await LogTable.FindAsync(session, request.Id, cancellation))?.Index ?? long.MaxValue;
        var conditions = new EntryConditions(session.Dialect);
        conditions.Side(request.Organisation);
        var whose = await Identities.AllOfAsync(session, client, cancellation);
        conditions.Client(whose);
        conditions.Kind(Decisions);
        var rows = await session.QueryAsync(
            $"SELECT {LogSearch.Columns} FROM log_entry e WHERE {conditions.Sql} AND e.leaf_index < @end AND e.time >= @since ORDER BY e.leaf_index LIMIT {Most + 1}",
            LogTable.Read,
            cancellation,
            [.. conditions.Parameters, ("end", end), ("since", request.Since.Column())]);
        if (rows.Count > Most)
        {
            return null;
        }

        var sendings = await Sendings.ReadAsync(session, whose, log, (index, _) => index < end, cancellation);
        var decided = request.Decisions.SelectMany(static decision => decision.Indices.Select(index => (Index: index, decision.Include))).GroupBy(static one => one.Index).ToDictionary(static group => group.Key, static group => group.Last().Include);
        var read = rows.Select(logged => (Logged: logged, Entry: logged.Entry(log))).ToList();
        return new RequestReading(
            [.. read.Where(one => one.Entry is { } entry && !sendings.IsRepeated(entry)).Select(one => Make(one.Logged, one.Entry!, sendings, decided, now))],
            sendings.IsWhole && read.TrueForAll(static one => one.Entry is not null || !one.Logged.HasRecord));
    }

    private static RequestedEntry Make(LoggedEntry logged, LogEntry entry, Sendings sendings, Dictionary<long, bool> decided, DateTimeOffset now)
    {
        var hidden = !entry.Visibility.Client || entry.Visibility.From > now;
        // INVARIANT: what is hidden from the client goes out only by a named person's decision.
        bool? included = decided.TryGetValue(logged.Index, out var include) ? include : hidden ? null : true;
        return new RequestedEntry(logged, entry, sendings.OutcomeOf(entry), hidden, included);
    }
}
