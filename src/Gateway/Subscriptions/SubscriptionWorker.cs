// Looks after subscriptions.
using System.Collections.Immutable;
using Sisote.Doors.Subscriptions;

namespace Sisote.Gateway.Subscriptions;

/// <summary>Takes subscriptions whose time has come, and looks after each. Any number of replicas may do so: a subscription is leased to one of them at a time. One that takes long holds a place, and nothing waits for it.</summary>
internal sealed class SubscriptionWorker(SubscriptionApi api, SubscriptionRound round, SubscriptionTimes times, GatewayOptions options, TimeProvider clock, ILogger<SubscriptionWorker> log) : BackgroundService
{
    private const int Places = 20;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Subscriptions.Runs)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Subscriptions.LookEvery, clock);
        var (underWay, tick) = (new HashSet<Task>(), timer.WaitForNextTickAsync(stoppingToken).AsTask());
        while (!stoppingToken.IsCancellationRequested)
        {
            var leased = underWay.Count < Places ? await LeaseAsync(Places - underWay.Count) : [];
            underWay.UnionWith(leased.Select(LookAfterAsync));
            tick = leased.IsEmpty || underWay.Count == Places ? await WaitAsync(timer, tick, underWay, stoppingToken) : tick;
            underWay.RemoveWhere(static one => one.IsCompleted);
        }

        await Task.WhenAll(underWay); // what is leased is settled
    }

    /// <summary>Waits until it is time to look, or until there is a place again; the tick to wait for next.</summary>
    private static async Task<Task<bool>> WaitAsync(PeriodicTimer timer, Task<bool> tick, HashSet<Task> underWay, CancellationToken stoppingToken)
    {
        await Task.WhenAny([tick, .. underWay]);
        return tick.IsCompletedSuccessfully ? timer.WaitForNextTickAsync(stoppingToken).AsTask() : tick;
    }

    /// <summary>Takes what is due. A fault here is one of this look; the next comes.</summary>
    private async Task<ImmutableArray<LeasedSubscription>> LeaseAsync(int most)
    {
        try
        {
            return (await api.LeaseAsync(new SubscriptionsWanted(most, times.LeaseSeconds)))?.Subscriptions ?? [];
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Log.SubscriptionsNotTaken(log, fault.GetType().Name);
            return [];
        }
    }

    /// <summary>A subscription at which something here stumbles stops no other; its lease ends by itself.</summary>
    private async Task LookAfterAsync(LeasedSubscription leased)
    {
        try
        {
            await round.RunAsync(leased);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Log.SubscriptionStumbled(log, leased.Id, fault.GetType().Name);
        }
    }
}
