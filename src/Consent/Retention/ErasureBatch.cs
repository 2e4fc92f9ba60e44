// One batch of erasing: in one transaction the records go and the log says so.
using Sisote.Consent.Keeping;
using Sisote.Consent.Replaying;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention;

/// <summary>Erases the records that are due at some places, with all that repeats them, while holding the log's edge.</summary>
internal sealed class ErasureBatch(InputStore inputs, LogRetention terms)
{
    /// <summary>What is left of a row is what the public tree holds: place, time of the leaf, commitment, hash.</summary>
    private const string Forget = """
        UPDATE log_entry SET salt = NULL, record = NULL, client = NULL, entry_id = 'erased-' || CAST(leaf_index AS text), time = leaf_time, kind = 'erased', outcome = 'erased',
          from_organisation = NULL, from_system = NULL, to_organisation = NULL, to_system = NULL, relates = NULL, correlation_id = ''
        WHERE leaf_index >= @first AND leaf_index <= @last
        """;

    /// <summary>Erases what is due from one place to before another; the run as it stands then.</summary>
    public async Task<KeptRun> EraseAsync(LogTransaction transaction, string runId, long first, long end, Eraser who)
    {
        var session = transaction.Session;
        var run = await FindAsync(transaction, runId);
        if (run.State != KeptRun.Erasing)
        {
            return run;
        }

        // INVARIANT: what is erased is judged here, in the line of writers, under every hold that stands or stood since the run was prepared: a held record is never erased, and none that its bundle lacks.
        var judge = new RetentionJudge(terms, run.AsOf, await HoldStore.HeededByAsync(session, run, CancellationToken.None));
        var due = (await AgedEntry.ReadAsync(session, first, Math.Min(end, run.Size), judge.Before, CancellationToken.None))
            .Select(aged => (Aged: aged, judge.Judge(aged).Verdict, judge.Judge(aged).Period))
            .Where(static judged => judged is { Verdict: RetentionVerdict.Due, Period: not null })
            .ToLookup(static judged => judged.Period!, static judged => judged.Aged);
        await OverwriteAsync(session);
        foreach (var period in due)
        {
            await EraseAsync(transaction, run, period.Key, [.. period], who);
        }

        foreach (var client in due.SelectMany(static period => period).Select(static aged => aged.Entry!.Client).OfType<ClientId>().Distinct())
        {
            await inputs.EraseUnusedAsync(session, client, transaction.NewInputs, CancellationToken.None);
        }

        var stands = run with { Next = end, Erased = run.Erased + due.Sum(static period => period.Count()) };
        await stands.KeepAsync(session, CancellationToken.None);
        return stands;
    }

    /// <summary>Ends a run: its last entry says how many went.</summary>
    public static async Task<KeptRun> EndAsync(LogTransaction transaction, string runId, Eraser who)
    {
        var run = await FindAsync(transaction, runId);
        if (run.State != KeptRun.Erasing)
        {
            return run;
        }

        if (run.Erased > 0)
        {
            transaction.Append(EntryOf(transaction, run, who, "completed", new LogErasure { AsOf = run.AsOf, Count = run.Erased, Export = run.NamedExport }));
        }

        return await KeepAsync(transaction, run with { State = KeptRun.Clearing, Next = run.Size });
    }

    /// <summary>Moves a run on.</summary>
    public static async Task<KeptRun> MoveAsync(LogTransaction transaction, string runId, string state) => await KeepAsync(transaction, await FindAsync(transaction, runId) with { State = state });

    /// <summary>The run as it stands.</summary>
    internal static async Task<KeptRun> FindAsync(LogTransaction transaction, string runId) =>
        await KeptRun.FindAsync(transaction.Session, runId, CancellationToken.None) ?? throw new InvalidDataException("A run of erasing is gone from the database.");

    private static async Task<KeptRun> KeepAsync(LogTransaction transaction, KeptRun run)
    {
        await run.KeepAsync(transaction.Session, CancellationToken.None);
        return run;
    }

    private static async Task EraseAsync(LogTransaction transaction, KeptRun run, string period, IReadOnlyList<AgedEntry> due, Eraser who)
    {
        var ranges = LogRange.Join(due.Select(static aged => aged.Index));
        await transaction.Session.ExecuteAsync(
            [.. ranges.SelectMany(static range => StatementsOf(range)), .. ErasedPlaces.Add(transaction.Session.Dialect, ranges, period, transaction.Now, run.Id)],
            CancellationToken.None);
        var told = new LogErasure { AsOf = run.AsOf, Count = due.Count, Export = run.NamedExport, Period = period, Ranges = [.. ranges] };
        transaction.Append(EntryOf(transaction, run, who, "erased", told), sides: due.SelectMany(static aged => aged.Organisations).Distinct());
    }

    private static IEnumerable<Statement> StatementsOf(LogRange range) =>
        new[] { "DELETE FROM log_item WHERE leaf_index >= @first AND leaf_index <= @last", "DELETE FROM log_side WHERE leaf_index >= @first AND leaf_index <= @last", Forget }
            .Select(sql => new Statement(sql, ("first", range.First), ("last", range.Last)));

    /// <summary>Makes what this transaction deletes unreadable, where the database can.</summary>
    internal static async Task OverwriteAsync(Session session)
    {
        if (session.Dialect.Overwrite.Length > 0)
        {
            await session.ExecuteAsync(session.Dialect.Overwrite, CancellationToken.None);
        }
    }

    /// <summary>An entry that tells what went.</summary>
    internal static LogEntry EntryOf(LogTransaction transaction, KeptRun run, Eraser who, string outcome, LogErasure told) => new()
    {
        Schema = CanonicalForm.KeepingSchema,
        Id = Guid.CreateVersion7().ToString("N"),
        Time = transaction.Now,
        Kind = LogEntryKind.Erasure,
        CorrelationId = who.CorrelationId,
        To = who.Party,
        Outcome = outcome,
        Concerns = run.Id,
        Erasure = told,
        Visibility = new LogVisibility { Client = false },
    };
}
