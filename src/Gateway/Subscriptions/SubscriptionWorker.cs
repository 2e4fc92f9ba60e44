// Looks after subscriptions.
using System.Collections.Immutable;
using Sisote.Doors.Subscriptions;

namespace Sisote.Gateway.Subscriptions;

/// <summary>Takes subscriptions whose time has come, or whose client's state changed, and looks after each. Any number of replicas may do so: a subscription is leased to one of them at a time.</summary>
internal sealed class SubscriptionWorker(SubscriptionApi api, SubscriptionRound round, SubscriptionTimes times, GatewayOptions options, TimeProvider clock, ILogger<SubscriptionWorker> log) : BackgroundService
{
    private const int Most = 20;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Subscriptions.Runs)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Subscriptions.LookEvery, clock);
        try
        {
            do
            {
                while (await LookAsync() && !stoppingToken.IsCancellationRequested)
                {
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // what is leased was settled
        }
    }

    /// <summary>Takes what is due and looks after it; whether there may be more.</summary>
    private async Task<bool> LookAsync()
    {
        ImmutableArray<LeasedSubscription> leased = (await api.LeaseAsync(new SubscriptionsWanted(Most, times.LeaseSeconds)))?.Subscriptions ?? [];
        await Task.WhenAll(leased.Select(LookAfterAsync));
        return leased.Length == Most;
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
