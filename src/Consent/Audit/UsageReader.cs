// Reads the uses of one client's data.
using System.Collections.Immutable;
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>Whose uses, of which time, which of them, in which language.</summary>
internal sealed record UsageQuestion
{
    public required ClientId Client { get; init; }

    public required string Language { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 1000;
}

/// <summary>Lists what a client may see, newest first, one row for each event: what the client's page folds together stands here one by one.</summary>
internal sealed class UsageReader(Database database, UsageTexts texts, TimeProvider clock)
{
    /// <summary>A page, and how many there are.</summary>
    public async Task<Usages> FindAsync(UsageQuestion question, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var outcomes = await OutcomesAsync(session, question.Client, cancellation);
        var rows = ImmutableArray.CreateBuilder<Usage>();
        var total = 0;
        var now = clock.GetUtcNow();
        await foreach (var entry in EntriesAsync(session, question, cancellation))
        {
            if (!IsVisible(entry.Visibility, now))
            {
                continue;
            }

            if (total++ >= question.Offset && rows.Count < question.Limit)
            {
                rows.Add(texts.Show(entry, entry.Kind == LogEntryKind.WriteIntent ? outcomes.GetValueOrDefault(entry.Id, "unknown") : entry.Outcome, question.Language));
            }
        }

        return new Usages { TotalUsages = total, Rows = rows.ToImmutable() };
    }

    private static bool IsVisible(LogVisibility visibility, DateTimeOffset now) => visibility.Client && (visibility.From is not { } from || from <= now);

    /// <summary>From when on there is anything.</summary>
    public async Task<UsagePeriod> PeriodAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var first = await session.QueryAsync("SELECT leaf_time FROM log_entry WHERE record IS NOT NULL ORDER BY leaf_index LIMIT 1", static row => row.Time(0), cancellation);
        return new UsagePeriod { PeriodStart = first is [var oldest] ? oldest : CanonicalTime.Cut(clock.GetUtcNow()) };
    }

    private static async IAsyncEnumerable<LogEntry> EntriesAsync(
        Session session, UsageQuestion question, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var records = session.StreamAsync(
            """
            SELECT record FROM log_entry
            WHERE client = @client AND kind IN ('disclosure', 'use', 'refusal', 'write-intent') AND time >= @from AND time <= @to AND record IS NOT NULL
            ORDER BY time DESC, leaf_index DESC
            """,
            static row => row.GetFieldValue<byte[]>(0),
            cancellation,
            ("client", question.Client.Reveal()),
            ("from", (question.From ?? DateTimeOffset.MinValue).Column()),
            ("to", (question.To ?? DateTimeOffset.MaxValue).Column()));
        await foreach (var record in records)
        {
            yield return CanonicalForm.Read(record);
        }
    }

    /// <summary>What became of the client's sent entries, by the entry of the intent; the newest outcome counts.</summary>
    private static async Task<Dictionary<string, string>> OutcomesAsync(Session session, ClientId client, CancellationToken cancellation)
    {
        var outcomes = await session.QueryAsync(
            "SELECT relates, outcome FROM log_entry WHERE client = @client AND kind = 'write-outcome' AND relates IS NOT NULL ORDER BY leaf_index", Read, cancellation, ("client", client.Reveal()));
        return outcomes.GroupBy(static one => one.Intent).ToDictionary(static group => group.Key, static group => group.Last().Outcome);
    }

    private static (string Intent, string Outcome) Read(DbDataReader row) => (row.GetString(0), row.GetString(1));
}
