// Many waiting records, one call.
using System.Collections.Immutable;
using System.Threading.Channels;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
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
    private const int LargestTogether = 50;
    private const int LargestCall = 1000 - LargestTogether;

    /// <summary>From this many bytes on a call is full: what one caller has written at length neither outgrows the log's door nor holds up everybody else's records.</summary>
    private const int FullCall = 4 * 1024 * 1024;

    private readonly RecentDigests kept = new(100_000);
    private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Appends a record; null = the log could not be written.</summary>
    internal virtual async Task<AppendResult?> AppendAsync(AppendItem item) => await AppendTogetherAsync([item]) is [var only] ? only : null;

    /// <summary>Appends records all or none, in one call and one transaction of the log; the results in their order, null = the log could not be written.</summary>
    internal async Task<ImmutableArray<AppendResult>?> AppendTogetherAsync(IReadOnlyList<AppendItem> items)
    {
        var marked = items.Count > 1 ? [.. items.Select(item => item with { Together = items[0].Entry.Id })] : items;
        var results = await EnqueueAsync(WithoutKept(marked));
        if (results is [{ Status: AppendStatus.InputsWanted }, ..])
        {
            results = await EnqueueAsync(marked); // the service keeps them no longer
        }

        if (results is [{ Status: AppendStatus.InputsWanted or AppendStatus.Clash or AppendStatus.Malformed }, ..])
        {
            return null; // it will never stand in the log, so nothing rests on it
        }

        if (results is [{ Status: AppendStatus.Committed }, ..])
        {
            foreach (var commitment in items.Select(static item => item.Entry.Inputs).OfType<Digest>())
            {
                kept.Add(commitment);
            }
        }

        return results;
    }

    /// <summary>Inputs travel with the first record that rests on them.</summary>
    private List<AppendItem> WithoutKept(IReadOnlyList<AppendItem> items)
    {
        var sent = items.Count > 1 ? new HashSet<Digest>() : null;
        return [.. items.Select(item => item.Entry.Inputs is { } commitment && (kept.Contains(commitment) || sent?.Add(commitment) == false) ? item with { Inputs = null } : item)];
    }

    private Task<ImmutableArray<AppendResult>?> EnqueueAsync(IReadOnlyList<AppendItem> items)
    {
        try
        {
            var records = new Waiting([.. items.Select(AppendBody.Of)]);
            return waiting.Writer.TryWrite(records) ? records.Done.Task : Task.FromResult<ImmutableArray<AppendResult>?>(null);
        }
        catch (FormatException)
        {
            return Task.FromResult<ImmutableArray<AppendResult>?>(null); // INVARIANT: what cannot stand in the log is not released
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
                for (var (count, bytes) = (0, 0); count < LargestCall && bytes < FullCall && waiting.Reader.TryRead(out var next); (count, bytes) = (count + next.Items.Length, bytes + next.Bytes))
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

        var items = batch.SelectMany(static records => records.Items).ToArray();
        var answer = await consent.AppendAsync(items, CancellationToken.None) ?? await consent.AppendAsync(items, CancellationToken.None);
        Settle(batch, answer?.Results);
    }

    private static void Settle(List<Waiting> batch, ImmutableArray<AppendResult>? results)
    {
        var place = 0;
        foreach (var records in batch)
        {
            records.Done.TrySetResult(results?.Slice(place, records.Items.Length));
            place += records.Items.Length;
        }
    }

    private sealed record Waiting(ImmutableArray<ReadOnlyMemory<byte>> Items)
    {
        internal int Bytes { get; } = Items.Sum(static item => item.Length);

        internal TaskCompletionSource<ImmutableArray<AppendResult>?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
