// Erases what is kept beside the log, batch by batch, and the log says so.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention.Beside;

/// <summary>Takes what is due of one kind after the other, in short transactions of the log's line of writers, each with an entry that tells how many went by which period, and never whose they were.</summary>
internal sealed class BesideErasing(LogWriter writer, BesideStore store, LogRetention terms)
{
    private const int BatchLength = 200;

    /// <summary>Erases all that is due in a run that is under way; the run as it stands then. A killed process leaves whole batches behind, and the run goes on from there.</summary>
    public async Task<KeptRun> RunAsync(KeptRun run, Eraser who, CancellationToken cancellation)
    {
        foreach (var kind in KeptBeside.Kinds)
        {
            for (var gone = 1L; gone > 0 && run.State == KeptRun.Erasing;)
            {
                cancellation.ThrowIfCancellationRequested();
                var before = run.Erased;
                run = await writer.WriteAsync(transaction => EraseAsync(transaction, run.Id, kind, who));
                gone = run.Erased - before;
            }
        }

        return run;
    }

    private async Task<KeptRun> EraseAsync(LogTransaction transaction, string runId, string kind, Eraser who)
    {
        var session = transaction.Session;
        var run = await ErasureBatch.FindAsync(transaction, runId);
        if (run.State != KeptRun.Erasing)
        {
            return run;
        }

        // INVARIANT: judged here, in the line of writers, under every hold that stands or stood since the run was prepared, as the log's records are.
        var holds = await HoldStore.HeededByAsync(session, run, CancellationToken.None);
        var judge = await BesideJudge.ReadAsync(session, run.AsOf, holds, CancellationToken.None);
        var due = (await store.EndedAsync(session, kind, new RetentionJudge(terms, run.AsOf, holds).Before, CancellationToken.None))
            .Where(row => row.Ended < run.PreparedAt && judge.Judge(row).Verdict == RetentionVerdict.Due)
            .Take(BatchLength).ToLookup(row => judge.Judge(row).Period!);
        await ErasureBatch.OverwriteAsync(session);
        foreach (var period in due)
        {
            await session.ExecuteAsync(period.SelectMany(static row => row.Deletion), CancellationToken.None);
            var told = new LogErasure { AsOf = run.AsOf, Count = period.Count(), Period = period.Key };
            transaction.Append(ErasureBatch.EntryOf(transaction, run, who, kind + "-erased", told), sides: period.SelectMany(static row => row.Organisations).Distinct());
        }

        var stands = run with { Erased = run.Erased + due.Sum(static period => period.Count()) };
        await stands.KeepAsync(session, CancellationToken.None);
        return stands;
    }
}
