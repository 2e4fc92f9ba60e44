// Makes the database ready before the door opens.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Sisote.Identity.Clients;

namespace Sisote.Identity.Storage;

/// <summary>Creates the tables where they are missing and writes the registered clients; replicas that start together take turns.</summary>
internal sealed class Preparation(IServiceScopeFactory scopes) : IHostedLifecycleService
{
    private const long Turn = 4_000_751_936; // any number that nothing else in the database locks

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<IdentityContext>();
        if (context.Database.IsNpgsql())
        {
            await context.Database.OpenConnectionAsync(cancellationToken);
            await context.Database.ExecuteSqlAsync($"select pg_advisory_lock({Turn})", cancellationToken);
        }

        try
        {
            await CreateTablesAsync(context, cancellationToken);
            await scope.ServiceProvider.GetRequiredService<ClientEntries>().SynchroniseAsync(cancellationToken);
        }
        finally
        {
            if (context.Database.IsNpgsql())
            {
                await context.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Turn})", CancellationToken.None);
                await context.Database.CloseConnectionAsync();
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // EnsureCreated would do nothing in a database that holds another room's tables.
    private static async Task CreateTablesAsync(IdentityContext context, CancellationToken cancellation)
    {
        if (!context.Database.IsNpgsql())
        {
            await context.Database.EnsureCreatedAsync(cancellation);
            return;
        }

        var found = await context.Database
            .SqlQuery<int>($"select count(*)::int as \"Value\" from pg_tables where schemaname = {IdentityContext.Schema} and tablename = {IdentityContext.UsedAssertionTable}")
            .SingleAsync(cancellation);
        if (found == 0)
        {
            await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(cancellation);
        }
    }
}
