// Asks the witnesses of this installation's log again and again.
namespace Sisote.Consent.Witnessing;

/// <summary>One round now and then, as long as the room is open. It reads one row where nothing is new.</summary>
internal sealed class Asker(WitnessingPlan plan, CosigningRound round, WitnessTools tools) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (plan.Asks.IsEmpty)
        {
            return;
        }

        using var timer = new PeriodicTimer(tools.Options.AskWitnessesEvery, tools.Clock);
        while (await WitnessTools.TickAsync(timer, stoppingToken))
        {
            await tools.TryAsync("ask", () => round.RunAsync(stoppingToken), stoppingToken);
        }
    }
}
