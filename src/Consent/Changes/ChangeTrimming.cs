// Changes that nobody can still be waiting for are removed.
using System.Data.Common;
using Sisote.Consent.Storage;

namespace Sisote.Consent.Changes;

/// <summary>Removes changes whose time has ended, now and then.</summary>
internal sealed class ChangeTrimming(Database database, ConsentOptions options, TimeProvider clock, ILogger<ChangeTrimming> log) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    /// <summary>Removes what is older than its time.</summary>
    public async Task TrimAsync(CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        await ChangeStore.TrimAsync(session, clock.GetUtcNow() - options.ChangesKept, cancellation);
        await session.CommitAsync(cancellation);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Turn, clock, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            return; // the room closes
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await TrimAsync(cancellation);
        }
        catch (DbException fault)
        {
            Log.ChangesNotTrimmed(log, fault);
        }
    }
}
