// The migration job's door to the database.
using Sisote.Consent.Storage;

namespace Sisote.Consent;

/// <summary>Brings the consent service's database up to date without opening the room: what <c>sisote migrate</c> runs.</summary>
public static class ConsentDatabase
{
    /// <summary>Applies what is missing; the names of the migrations applied. Runners wait for one another.</summary>
    /// <param name="setting">The setting <see cref="ConsentOptions.Database"/>.</param>
    /// <param name="dataDirectory">The data folder, for the default.</param>
    /// <param name="clock">Time.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="ConsentStartException">The database cannot be opened, or is newer than this program.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string? setting, string dataDirectory, TimeProvider clock, CancellationToken cancellation)
    {
        await using var database = Database.Open(setting, dataDirectory, commandSeconds: 300);
        return await new Migrations(database, clock).ApplyAsync(cancellation);
    }
}
