// Follows what changes in the consent service.

namespace Sisote.Gateway.Clients;

/// <summary>
/// Drops what is kept about a client when something of the client changes, so that the next call does not begin with a state that its append would find old. It spares work and nothing else: where it is
/// behind or lost, everything is as safe, because the append alone decides what is current.
/// </summary>
internal sealed class ChangeFollower(ConsentApi consent, ClientStates states, GatewayOptions options, TimeProvider clock, ILogger<ChangeFollower> log) : BackgroundService
{
    private long? after;
    private bool isLost;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (options.FollowsChanges)
            {
                if (!await FollowAsync(stoppingToken))
                {
                    await Task.Delay(options.FollowAgainAfter, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return; // the gateway closes
        }
    }

    /// <summary>One question; false where it got no answer.</summary>
    private async Task<bool> FollowAsync(CancellationToken cancellation)
    {
        var (isReachable, feed) = await consent.FollowChangesAsync(after, cancellation);
        if (!isReachable)
        {
            Tell(lost: true);
            return false;
        }

        Tell(lost: false);
        if (feed is null || after is null || feed.Events.Any(static one => one.Client is null))
        {
            states.DropAll(); // begun, begun anew, or a change that concerns everybody
        }
        else
        {
            foreach (var client in feed.Events.Select(static one => one.Client!.Value).Distinct())
            {
                states.Drop(client);
            }
        }

        after = feed?.Next;
        return true;
    }

    private void Tell(bool lost)
    {
        if (lost != isLost)
        {
            isLost = lost;
            Log.ChangesFollowed(log, lost ? "lost" : "found again");
        }
    }
}
