// A PostgreSQL server for tests, nobody's but theirs.
using Npgsql;

namespace Sisote.Tests.Testing;

/// <summary>
/// Gives tests fresh databases: on the server that <c>SISOTE_TEST_POSTGRES</c> names, else on a throw-away server started from the local <c>initdb</c> and <c>pg_ctl</c>
/// (as another user where the tests run as root), reached through a socket in a temporary folder. Use it as an assembly fixture.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private PostgresServer? server;
    private string? address;

    /// <summary>Whether the throw-away server really writes to disk; tests do not need it, measurements do.</summary>
    public bool IsDurable { get; init; }

    /// <summary>The connection string of a new, empty database. Skips the running test, with the reason, where there is no PostgreSQL (and fails it in CI).</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await FindServerAsync());
        var name = "test_" + Guid.CreateVersion7().ToString("N");
        await using (var source = NpgsqlDataSource.Create(connection))
        {
            await using var command = source.CreateCommand($"CREATE DATABASE {name}");
            await command.ExecuteNonQueryAsync();
        }

        connection.Database = name;
        return connection.ConnectionString;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        gate.Dispose();
    }

    private async Task<string> FindServerAsync()
    {
        await gate.WaitAsync();
        try
        {
            return address ??= Environment.GetEnvironmentVariable("SISOTE_TEST_POSTGRES") is { Length: > 0 } named ? named : await StartAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<string> StartAsync()
    {
        server = await PostgresServer.StartAsync(IsDurable);
        return server.ConnectionString;
    }
}
