// Brings the database up to date, forward only.
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Consent.Storage;

/// <summary>Applies the embedded files <c>NNN_name.sql</c> that the database does not have yet, all in one transaction that only one runner at a time can hold.</summary>
internal sealed class Migrations(Database database, TimeProvider clock)
{
    private const string OwnTable = """
        CREATE TABLE IF NOT EXISTS schema_version ( -- which migrations this database has
          version    bigint NOT NULL PRIMARY KEY,   -- number of the migration
          name       text   NOT NULL,               -- its file
          applied_at text   NOT NULL                -- when
        )
        """;

    /// <summary>All migrations of this program in order.</summary>
    public static IReadOnlyList<(long Version, string Name)> All { get; } =
        [.. typeof(Migrations).Assembly.GetManifestResourceNames().Where(static name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(static name => (long.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name))];

    /// <summary>Applies what is missing; the names of what was applied.</summary>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellation)
    {
        await using var session = await database.WriteAsync(cancellation);
        if (database.Dialect.MigrationLock.Length > 0)
        {
            await session.ExecuteAsync(database.Dialect.MigrationLock, cancellation);
        }

        await session.ExecuteAsync(OwnTable, cancellation);
        var missing = Missing(await VersionsAsync(session, cancellation));
        foreach (var (version, name) in missing)
        {
            await session.ExecuteAsync(TextOf(name), cancellation);
            await session.ExecuteAsync(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @at)",
                cancellation,
                ("version", version),
                ("name", name),
                ("at", CanonicalTime.Write(clock.GetUtcNow())));
        }

        await session.CommitAsync(cancellation);
        return [.. missing.Select(static migration => migration.Name)];
    }

    /// <summary>Refuses a database that lacks a migration.</summary>
    /// <exception cref="ConsentStartException">The database is older than this program, or newer.</exception>
    public async Task RequireCurrentAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        List<long> versions;
        try
        {
            versions = await VersionsAsync(session, cancellation);
        }
        catch (DbException)
        {
            versions = [];
        }

        if (Missing(versions).Count > 0)
        {
            throw new ConsentStartException("The consent database is older than this program: run `sisote migrate` with it, or set Sisote:Consent:MigrateAtStart to true.");
        }
    }

    private static Task<List<long>> VersionsAsync(Session session, CancellationToken cancellation) =>
        session.QueryAsync("SELECT version FROM schema_version ORDER BY version", static row => row.GetInt64(0), cancellation);

    /// <exception cref="ConsentStartException">The database has a migration that this program does not know.</exception>
    private static List<(long Version, string Name)> Missing(List<long> versions) =>
        versions.Count > 0 && versions[^1] > All[^1].Version
            ? throw new ConsentStartException("The consent database was written by a newer version of this program: start that version.")
            : [.. All.Where(migration => !versions.Contains(migration.Version))];

    private string TextOf(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{bytes}", database.Dialect.Bytes, StringComparison.Ordinal).Replace("{clustered}", database.Dialect.Clustered, StringComparison.Ordinal);
    }
}
