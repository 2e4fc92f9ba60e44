// Many waiting records, one call.
using System.Collections.Immutable;
using System.Threading.Channels;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Clients;

namespace Sisote.Gateway.Recording;

/// <summary>
/// Sends records to the log: one sender takes whatever waits and appends it in one call, so that many disclosures share one commit. A record that was handed in is sent even if its
/// caller hangs up.
/// </summary>
/// <remarks>What a decision used travels with its record once; later records on the same inputs name them only. A call that failed is tried once more with the same entry ids (which changes nothing if it had arrived); then everybody in it is told that the log is down.</remarks>
internal sealed class AppendQueue(ConsentApi consent) : BackgroundService
{
    private const int LargestCall = 1000;
    private const int MostWaiting = 10_000;
    private readonly RecentDigests kept = new(100_000);
    private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Appends a record; null = the log could not be written.</summary>
    internal Task<AppendResult?> AppendAsync(AppendItem item)
    {
        var record = new Waiting(item);
        return waiting.Writer.TryWrite(record) ? record.Done.Task : Task.FromResult<AppendResult?>(null); // full = back-pressure: the caller is told to come again
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>();
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < LargestCall && waiting.Reader.TryRead(out var next))
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
            while (waiting.Reader.TryRead(out var left))
            {
                left.Done.TrySetResult(null);
            }
        }
    }

    private async Task SendAsync(List<Waiting> batch)
    {
        var results = await CallAsync([.. batch.Select(record => IsKept(record.Item) ? record.Item with { Inputs = null } : record.Item)]);
        if (results is { } first && first.Any(static result => result.Status == AppendStatus.InputsWanted))
        {
            results = await SendInputsAsync(batch, first);
        }

        Settle(batch, results);
    }

    /// <summary>The service keeps some inputs no longer: those entries go once more, together with them.</summary>
    private async Task<ImmutableArray<AppendResult>?> SendInputsAsync(List<Waiting> batch, ImmutableArray<AppendResult> first)
    {
        var wanted = Enumerable.Range(0, batch.Count).Where(place => first[place].Status == AppendStatus.InputsWanted).ToArray();
        var second = await CallAsync([.. wanted.Select(place => batch[place].Item)]);
        var all = first.ToBuilder();
        for (var i = 0; i < wanted.Length; i++)
        {
            all[wanted[i]] = second?[i] ?? new AppendResult { Status = AppendStatus.InputsWanted };
        }

        return all.ToImmutable();
    }

    private async Task<ImmutableArray<AppendResult>?> CallAsync(ImmutableArray<AppendItem> items)
    {
        var request = new AppendRequest { Entries = items };
        return (await consent.AppendAsync(request, CancellationToken.None) ?? await consent.AppendAsync(request, CancellationToken.None))?.Results;
    }

    private bool IsKept(AppendItem item) => item.Entry.Inputs is { } commitment && kept.Contains(commitment);

    private void Settle(List<Waiting> batch, ImmutableArray<AppendResult>? results)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            // Inputs that did not get through are no answer for a caller: it hears that the log is down.
            var result = results?[i] is { Status: not AppendStatus.InputsWanted } settled ? settled : null;
            if (batch[i].Item.Entry.Inputs is { } commitment && result is { Status: AppendStatus.Committed })
            {
                kept.Add(commitment);
            }

            batch[i].Done.TrySetResult(result);
        }
    }

    private sealed record Waiting(AppendItem Item)
    {
        internal TaskCompletionSource<AppendResult?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
