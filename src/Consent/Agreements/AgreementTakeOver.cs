// At the start: agreements of the deployment file that are new.
using Sisote.Policy.Deployments;

namespace Sisote.Consent.Agreements;

/// <summary>Takes over agreements that the room does not know yet, before the door opens. What it knows keeps its own life: an ended agreement does not come back.</summary>
internal sealed class AgreementTakeOver(AgreementLife life, Deployment deployment, ILogger<AgreementTakeOver> log) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await life.TakeOverAsync(deployment) is var count and > 0)
        {
            Log.AgreementsTakenOver(log, count);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
