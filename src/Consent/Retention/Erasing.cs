// Erases, batch by batch; each batch is whole or not there.
using System.Runtime.CompilerServices;
using Sisote.Consent.Keeping;
using Sisote.Consent.Retention.Beside;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention;

/// <summary>Who erases, in which call.</summary>
internal sealed record Eraser(LogParty Party, string CorrelationId);

/// <summary>Goes through the log from where a run stands, page by page in short views, and erases what is due in short transactions of the log's line of writers.</summary>
/// <remarks>A process that is killed between two statements leaves whole batches behind; the run goes on from there.</remarks>
internal sealed class Erasing(Database database, LogWriter writer, ErasureBatch batch, BesideErasing beside, Clearing clearing, LogRetention terms)
{
    private const int BatchLength = 200;

    /// <summary>Runs, or goes on with, a run that may begin; a line after each page.</summary>
    public async IAsyncEnumerable<ErasureLine> RunAsync(KeptRun run, Eraser who, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var first = run.Next; run.State == KeptRun.Erasing && first < run.Size; first += RetentionSurvey.PageLength)
        {
            var end = Math.Min(first + RetentionSurvey.PageLength, run.Size);
            foreach (var places in (await FindDueAsync(run, first, end, cancellation)).Chunk(BatchLength))
            {
                cancellation.ThrowIfCancellationRequested();
                run = await writer.WriteAsync(transaction => batch.EraseAsync(transaction, run.Id, places[0], places[^1] + 1, who));
            }

            yield return Line(run, end);
        }

        if (run.State == KeptRun.Erasing)
        {
            run = await beside.RunAsync(run, who, cancellation);
            run = await writer.WriteAsync(transaction => ErasureBatch.EndAsync(transaction, run.Id, who));
        }

        if (run.State == KeptRun.Clearing && await clearing.ClearAsync(cancellation))
        {
            run = await writer.WriteAsync(transaction => ErasureBatch.MoveAsync(transaction, run.Id, KeptRun.Done));
        }

        yield return Line(run, run.Size) with { End = run.State switch { KeptRun.Done => "done", KeptRun.Clearing => "not-cleared", _ => "stopped" } };
    }

    private async Task<List<long>> FindDueAsync(KeptRun run, long first, long end, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var judge = new RetentionJudge(terms, run.AsOf, await HoldStore.HeededByAsync(session, run, cancellation));
        return [.. (await AgedEntry.ReadAsync(session, first, end, judge.Before, cancellation)).Where(aged => judge.Judge(aged).Verdict == RetentionVerdict.Due).Select(static aged => aged.Index)];
    }

    private static ErasureLine Line(KeptRun run, long read) => new() { Read = read, Of = run.Size, Erased = run.Erased };
}
