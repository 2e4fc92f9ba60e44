// Sends what waits.
using Sisote.Doors.Outbox;

namespace Sisote.Gateway.Outbox;

/// <summary>
/// Looks into the outbox, takes entries under a lease and sends them, one after the other for each target. Any number of replicas may do so: an entry is leased to one of them at a time, and a lease
/// lasts longer than an attempt may take.
/// </summary>
internal sealed class OutboxWorker(OutboxLeases leases, WaitingEntries entries, OutboxPatience patience, GatewayOptions options, TimeProvider clock, ILogger<OutboxWorker> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Outbox.Waits)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Outbox.LookEvery, clock);
        try
        {
            do
            {
                while (await LookAsync(stoppingToken))
                {
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // what is leased was given back
        }
    }

    /// <summary>Takes what is due and sends it; whether there may be more.</summary>
    private async Task<bool> LookAsync(CancellationToken stopping)
    {
        try
        {
            var began = clock.GetTimestamp();
            var taken = await leases.TakeAsync();
            await Task.WhenAll(taken.GroupBy(static entry => entry.Target).Select(group => SendAllAsync(group, began, stopping)));
            return taken.Length > 0 && !stopping.IsCancellationRequested;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.OutboxStumbled(log, fault.GetType().Name); // what was leased comes back when its lease ends
            return false;
        }
    }

    /// <summary>What would not be done within the lease is given back; a lease is begun anew right before anything is sent.</summary>
    private async Task SendAllAsync(IEnumerable<LeasedEntry> leased, long began, CancellationToken stopping)
    {
        var goesOn = true;
        foreach (var entry in leased)
        {
            goesOn = goesOn && !stopping.IsCancellationRequested && clock.GetElapsedTime(began) + patience.AttemptTime < patience.LeaseTime;
            if (goesOn)
            {
                goesOn = await LookAfterAsync(entry, stopping);
            }
            else
            {
                await entries.ReleaseAsync(entry);
            }
        }
    }

    /// <summary>An entry at which something here stumbles stops no other; its own lease ends by itself.</summary>
    private async Task<bool> LookAfterAsync(LeasedEntry entry, CancellationToken stopping)
    {
        try
        {
            return await entries.LookAfterAsync(entry);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Log.OutboxStumbled(log, fault.GetType().Name);
            return true;
        }
    }
}
