// What the room's two watchers share.
namespace Sisote.Consent.Witnessing;

/// <summary>Clock, settings, diagnostics, and the rule that a watcher never stops the room.</summary>
internal sealed record WitnessTools(TimeProvider Clock, ConsentOptions Options, ILogger<WitnessTools> Log)
{
    /// <summary>Runs one turn; whatever goes wrong is told, and the next turn comes.</summary>
    public async Task TryAsync(string what, Func<Task> turn, CancellationToken cancellation)
    {
        try
        {
            await turn();
        }
#pragma warning disable CA1031 // INVARIANT: disclosures do not depend on the watchers; a background task that ends with an exception would end the room
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Consent.Log.WatcherStumbled(Log, what, fault);
        }
        catch (OperationCanceledException)
        {
            return; // the room closes
        }
    }

    /// <summary>Waits for the next turn; false when the room closes.</summary>
    public static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
