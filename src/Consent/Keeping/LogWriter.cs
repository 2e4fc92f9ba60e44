// The one writer of this process: takes whatever waits into one transaction.
using System.Threading.Channels;
using Sisote.Consent.Changes;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.Consent.Keeping;

/// <summary>
/// Every change of state and every entry goes through here. Callers wait; whoever waits shares the next transaction and its one flush to disk (group commit).
/// Writers of other replicas wait at the log's edge in the database.
/// </summary>
internal sealed class LogWriter(Database database, NoteSigner signer, TimeProvider clock, ConsentOptions options, ChangeBell bell, ILogger<LogWriter> log) : BackgroundService
{
    private const int MostInOneTransaction = 2000; // entries asked for, and one for each piece of work

    private readonly WriterConnection connection = new(database, TimeSpan.FromSeconds(options.CommandSeconds) / 2);
    private readonly Channel<LogWork> line =
        Channel.CreateBounded<LogWork>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Does the work and answers when it is durable. Not to be cancelled: a caller that hangs up does not undo a record.</summary>
    /// <exception cref="LogUnavailableException">Nothing was written.</exception>
    public Task<T> WriteAsync<T>(LogWork<T> work)
    {
        if (!line.Writer.TryWrite(work))
        {
            Log.LogBusy(log, options.QueueLength);
            throw new LogUnavailableException(busy: true);
        }

        return work.Answer;
    }

    /// <inheritdoc cref="WriteAsync{T}(LogWork{T})"/>
    public Task<T> WriteAsync<T>(Func<LogTransaction, Task<T>> work) => WriteAsync(new LogWork<T>(work));

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        line.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken);
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        line.Writer.TryComplete();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<LogWork>();
        while (await line.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            for (var weight = 0; weight < MostInOneTransaction && line.Reader.TryRead(out var work); weight += 1 + work.EntryIds.Count)
            {
                batch.Add(work);
            }

            await WriteBatchAsync(batch);
        }

        await connection.CloseAsync();
    }

    private async Task WriteBatchAsync(List<LogWork> batch)
    {
        var fault = await WriteOnceAsync(batch);
        if (fault is not null && await WriteOnceAsync([]) is null)
        {
            fault = await WriteOnceAsync(batch); // the database writes: perhaps only the connection had broken
            if (fault is not null && batch.Count > 1)
            {
                await WriteEachAloneAsync(batch);
                return;
            }
        }

        Settle(batch, fault);
    }

    /// <summary>One piece of work spoils the batch, and the others shall not suffer.</summary>
    private async Task WriteEachAloneAsync(List<LogWork> batch)
    {
        foreach (var work in batch)
        {
            Settle([work], await WriteOnceAsync([work]));
        }
    }

    private void Settle(List<LogWork> batch, Exception? fault)
    {
        if (fault is null)
        {
            batch.ForEach(static work => work.Complete());
            return;
        }

        Log.LogNotWritten(log, batch.Count, fault);
        batch.ForEach(work => work.Fail(new LogUnavailableException(busy: false, fault)));
    }

    /// <summary>
    /// What went wrong, or null when all of it is durable. A connection that breaks while the database commits leaves that open: then the log itself tells, since no other transaction could have
    /// written the very first entry of this one, salt and all, at its place.
    /// </summary>
    private async Task<Exception?> WriteOnceAsync(List<LogWork> batch)
    {
        LoggedEntry? first = null;
        var fault = await TryAsync(async () => await WriteAllAsync(batch, appended => first = appended));
        if (fault is not null && first is { } attempted)
        {
            var stands = false;
            return await TryAsync(async () => stands = await StandsAsync(attempted)) is null && stands ? null : fault;
        }

        return fault;
    }

    private async Task<Exception?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
#pragma warning disable CA1031 // INVARIANT: whatever goes wrong, nobody is told "written"; the callers get the fault and the writer lives on
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await connection.CloseAsync();
            return fault;
        }
    }

    /// <summary>Whether an entry stands in the log; waits at its edge until whoever was writing it has ended.</summary>
    private async Task<bool> StandsAsync(LoggedEntry entry)
    {
        await using var session = await connection.BeginAsync(CancellationToken.None);
        await LogEdge.LockAsync(session, CancellationToken.None);
        return (await LogTable.FindAsync(session, entry.Index, CancellationToken.None))?.LeafHash == entry.LeafHash;
    }

    private async Task WriteAllAsync(List<LogWork> batch, Action<LoggedEntry?> beforeCommit)
    {
        await using var session = await connection.BeginAsync(CancellationToken.None);
        var transaction = await LogTransaction.BeginAsync(session, signer, clock, CancellationToken.None);
        await transaction.PrefetchAsync(
            [.. batch.SelectMany(static work => work.Clients).Distinct()], [.. batch.SelectMany(static work => work.EntryIds).Distinct()], CancellationToken.None);
        foreach (var work in batch)
        {
            await work.RunAsync(transaction);
        }

        if (batch.Count == 0)
        {
            await transaction.TouchAsync(CancellationToken.None);
        }

        beforeCommit(transaction.First);
        await transaction.CommitAsync(CancellationToken.None);
        if (transaction.HasChanges)
        {
            bell.Ring();
        }
    }
}
