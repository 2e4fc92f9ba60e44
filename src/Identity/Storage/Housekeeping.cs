// Removes what has ended.
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Sisote.Identity.Storage;

/// <summary>Every ten minutes: used assertions, codes and refresh tokens that no one can use any more.</summary>
internal sealed class Housekeeping(IServiceScopeFactory scopes, UsedAssertions assertions, TimeProvider clock, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException or OpenIddictExceptions.ConcurrencyException)
            {
                log.HousekeepingFailed(); // tried again at the next tick; nothing ended becomes valid by staying
            }
        }
    }

    internal async Task CleanAsync(CancellationToken cancellation)
    {
        var removed = await assertions.PurgeAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var ended = clock.GetUtcNow().AddHours(-1);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(ended, cancellation);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(ended, cancellation);
        log.Cleaned(removed);
    }
}
