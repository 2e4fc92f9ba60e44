// What watching needs before the door opens.
namespace Sisote.Consent.Witnessing;

/// <summary>Makes sure that the keys named in the deployment are keys, and that there is one to cosign with where a log is watched.</summary>
internal sealed class WitnessStart(WitnessingPlan plan, WitnessKey key) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (plan.Watches.Count > 0)
        {
            key.Require();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
