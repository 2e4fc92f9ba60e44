// What became of the entries that were sent about one client.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Keeping;

/// <summary>
/// Intents and outcomes belong together by <see cref="LogEntry.Relates"/>, the attempts of one entry by their correlation id. INVARIANT: what became of an entry is said by records that the log commits
/// to, never by a column beside them.
/// </summary>
/// <param name="shows">Which attempts the reader shows at all; null = all.</param>
internal sealed class Sendings(Func<long, LogEntry, bool>? shows = null)
{
    private const string Waiting = "waiting";
    private const string Unknown = "unknown";

    private readonly Dictionary<string, string> byIntent = [];
    private readonly Dictionary<string, string> byCall = [];
    private readonly Dictionary<string, long> lastAttempt = [];
    private readonly Dictionary<string, long> waitsSince = [];

    /// <summary>Whether every record was as the log commits to it; those that were not are left out.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Reads what the log has of a client under any key.</summary>
    public static async Task<Sendings> ReadAsync(Session session, IReadOnlyList<ClientId> keys, ILogger log, Func<long, LogEntry, bool>? shows, CancellationToken cancellation)
    {
        var sendings = new Sendings(shows);
        var rows = session.StreamAsync(
            $"SELECT {LogTable.Columns} FROM log_entry WHERE {session.Dialect.IsAmong("client", "clients")} AND kind IN ('write-intent', 'write-outcome') ORDER BY leaf_index",
            LogTable.Read,
            cancellation,
            ("clients", session.Dialect.Values(keys.Select(static key => key.Reveal()))));
        await foreach (var logged in rows)
        {
            if (logged.Entry(log) is { } entry)
            {
                sendings.Add(logged.Index, entry);
            }
            else if (logged.HasRecord)
            {
                sendings.IsWhole = false;
            }
        }

        return sendings;
    }

    /// <summary>Takes an entry of the client in; in the order of the log.</summary>
    public void Add(long index, LogEntry entry)
    {
        if (entry.Kind == LogEntryKind.WriteIntent)
        {
            lastAttempt[entry.CorrelationId] = shows?.Invoke(index, entry) == false ? lastAttempt.GetValueOrDefault(entry.CorrelationId) : index;
        }
        else if (entry is { Kind: LogEntryKind.WriteOutcome, Relates: { } intent })
        {
            byIntent[intent] = byCall[entry.CorrelationId] = entry.Outcome;
            if (entry.Outcome == Waiting)
            {
                waitsSince[intent] = index;
            }
        }
    }

    /// <summary>What became of this one attempt; unknown where nothing is on record.</summary>
    public string OfAttempt(LogEntry intent) => byIntent.GetValueOrDefault(intent.Id, Unknown);

    /// <summary>What became of what the attempt sent: where it waited, what became of it in the end.</summary>
    public string OfEntry(LogEntry intent) => OfAttempt(intent) is not Waiting and var own ? own : byCall.GetValueOrDefault(intent.CorrelationId, Waiting);

    /// <summary>The newest word about the entry to which the attempt belongs.</summary>
    public string Newest(LogEntry intent) => byCall.GetValueOrDefault(intent.CorrelationId, Unknown);

    /// <summary>The outcome to show with an entry of the log: of an intent what became of it, of any other its own.</summary>
    public string OutcomeOf(LogEntry entry) => entry.Kind == LogEntryKind.WriteIntent ? OfEntry(entry) : entry.Outcome;

    /// <summary>Whether nothing arrived by this attempt and a later one is shown: that one tells of the entry.</summary>
    public bool IsRepeated(LogEntry entry) =>
        entry.Kind == LogEntryKind.WriteIntent && waitsSince.TryGetValue(entry.Id, out var since) && lastAttempt.GetValueOrDefault(entry.CorrelationId) > since;
}
