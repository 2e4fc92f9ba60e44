// Many waiting records, one call.
using System.Collections.Immutable;
using System.Threading.Channels;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Clients;

namespace Sisote.Gateway.Recording;

/// <summary>
/// Sends records to the log: a sender takes whatever waits and appends it in one call, so that many disclosures share one commit. Two senders take turns: while the log writes what one
/// of them sent, the other gathers. A record that was handed in is sent even if its caller hangs up.
/// </summary>
/// <remarks>What a decision used travels with its record once; later records on the same inputs name them only. A call that failed is tried once more with the same entry ids (which changes nothing if it had arrived); then everybody in it is told that the log is down.</remarks>
internal class AppendQueue(ConsentApi consent) : BackgroundService
{
    /// <summary>Records that may wait; one more is told at once that the log is down (503, come again).</summary>
    internal const int MostWaiting = 10_000;

    private const int Senders = 2;
    private const int LargestCall = 1000;

    /// <summary>From this many bytes on a call is full: what one caller has written at length neither outgrows the log's door nor holds up everybody else's records.</summary>
    private const int FullCall = 4 * 1024 * 1024;

    private readonly RecentDigests kept = new(100_000);
    private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Appends a record; null = the log could not be written.</summary>
    internal virtual async Task<AppendResult?> AppendAsync(AppendItem item)
    {
        if (item.Entry.Inputs is not { } commitment)
        {
            return await EnqueueAsync(item);
        }

        var result = await EnqueueAsync(kept.Contains(commitment) ? item with { Inputs = null } : item);
        if (result is { Status: AppendStatus.InputsWanted })
        {
            result = await EnqueueAsync(item); // the service keeps them no longer
        }

        if (result is { Status: AppendStatus.Committed })
        {
            kept.Add(commitment);
        }

        return result is { Status: AppendStatus.InputsWanted } ? null : result;
    }

    private Task<AppendResult?> EnqueueAsync(AppendItem item)
    {
        try
        {
            var record = new Waiting(AppendBody.Of(item));
            return waiting.Writer.TryWrite(record) ? record.Done.Task : Task.FromResult<AppendResult?>(null);
        }
        catch (FormatException)
        {
            return Task.FromResult<AppendResult?>(null); // INVARIANT: what cannot stand in the log is not released
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAllAsync(stoppingToken)));
        while (waiting.Reader.TryRead(out var left))
        {
            left.Done.TrySetResult(null);
        }
    }

    private async Task SendAllAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>();
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                for (var bytes = 0; batch.Count < LargestCall && bytes < FullCall && waiting.Reader.TryRead(out var next); bytes += next.Item.Length)
                {
                    batch.Add(next);
                }

                await SendAsync(batch);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            waiting.Writer.TryComplete();
        }
        finally
        {
            Settle(batch, null);
        }
    }

    private async Task SendAsync(List<Waiting> batch)
    {
        if (batch.Count == 0)
        {
            return; // the other sender was quicker
        }

        var items = batch.ConvertAll(static record => record.Item);
        var answer = await consent.AppendAsync(items, CancellationToken.None) ?? await consent.AppendAsync(items, CancellationToken.None);
        Settle(batch, answer?.Results);
    }

    private static void Settle(List<Waiting> batch, ImmutableArray<AppendResult>? results)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Done.TrySetResult(results?[i]);
        }
    }

    private sealed record Waiting(ReadOnlyMemory<byte> Item)
    {
        internal TaskCompletionSource<AppendResult?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
