// Removes what nobody came back for.
namespace Sisote.Portal.Keeping;

/// <summary>Goes through the kept files at start and then every hour.</summary>
internal sealed class KeptSweeper(SealedStore store, TimeProvider clock, ILogger<KeptSweeper> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                Log.KeptFilesRemoved(log, store.RemoveOld());
            }
            catch (IOException)
            {
                Log.KeptFilesNotRemoved(log);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
