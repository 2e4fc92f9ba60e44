// Reads the uses of one client's data.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
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
internal sealed class UsageReader(Database database, UsageTexts texts, TimeProvider clock, ILogger<UsageReader> log)
{
    /// <summary>A page, and how many there are.</summary>
    public async Task<Usages> FindAsync(UsageQuestion question, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var mine = await Identities.AllOfAsync(session, question.Client, cancellation);
        var sendings = await Sendings.ReadAsync(session, mine, log, (_, entry) => question.To is not { } until || entry.Time <= until, cancellation);
        var rows = ImmutableArray.CreateBuilder<Usage>();
        var total = 0;
        var now = clock.GetUtcNow();
        await foreach (var entry in EntriesAsync(session, question, mine, cancellation))
        {
            if (!IsVisible(entry.Visibility, now) || sendings.IsRepeated(entry))
            {
                continue;
            }

            if (total++ >= question.Offset && rows.Count < question.Limit)
            {
                rows.Add(texts.Show(entry, sendings.OutcomeOf(entry), question.Language));
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

    private async IAsyncEnumerable<LogEntry> EntriesAsync(
        Session session, UsageQuestion question, IReadOnlyList<ClientId> mine, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var records = session.StreamAsync(
            $"""
            SELECT {LogTable.Columns} FROM log_entry
            WHERE {session.Dialect.IsAmong("client", "clients")} AND kind IN ('disclosure', 'use', 'refusal', 'write-intent') AND time >= @from AND time <= @to AND record IS NOT NULL
            ORDER BY time DESC, leaf_index DESC
            """,
            LogTable.Read,
            cancellation,
            ("clients", session.Dialect.Values(mine.Select(static one => one.Reveal()))),
            ("from", (question.From ?? DateTimeOffset.MinValue).Column()),
            ("to", (question.To ?? DateTimeOffset.MaxValue).Column()));
        await foreach (var logged in records)
        {
            if (logged.Entry(log) is { } entry && entry.Client is { } whose && mine.Contains(whose))
            {
                yield return entry;
            }
        }
    }
}
