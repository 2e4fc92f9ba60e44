// A PostgreSQL server for tests, nobody's but theirs.
using System.Diagnostics;
using Npgsql;

namespace Sisote.Tests.Testing;

/// <summary>
/// Gives tests fresh databases: on the server that <c>SISOTE_TEST_POSTGRES</c> names, else on a throw-away server started from the local <c>initdb</c> and <c>pg_ctl</c>
/// (as another user where the tests run as root), reached through a socket in a temporary folder. Use it as an assembly fixture.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private ThrowAwayServer? server;
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
        var programs = ThrowAwayServer.FindPrograms();
        if (programs is null)
        {
            const string Reason = "SISOTE_TEST_POSTGRES names no server, and initdb and pg_ctl are neither on the PATH nor under /usr/lib/postgresql.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Skip(Reason);
        }

        server = await ThrowAwayServer.StartAsync(programs!, IsDurable);
        return server.ConnectionString;
    }

    private sealed class ThrowAwayServer(string programs, string folder, string? user) : IAsyncDisposable
    {
        private const string Superuser = "sisote";

        public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = folder, Username = Superuser, Database = "postgres" }.ConnectionString;

        public static string? FindPrograms()
        {
            var packaged = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(static version => Path.Combine(version, "bin")) : [];
            return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Concat(packaged)
                .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
        }

        public static async Task<ThrowAwayServer> StartAsync(string programs, bool durable)
        {
            var folder = Directory.CreateTempSubdirectory("sisote-pg-").FullName;
            var user = Environment.UserName == "root" ? await OtherUserAsync() : null;
            if (user is not null)
            {
                await RunAsync("chown", [user, folder]);
            }

            var server = new ThrowAwayServer(programs, folder, user);
            await server.RunProgramAsync("initdb", "-D", server.Data, "-A", "trust", "-U", Superuser, "-E", "UTF8", "--locale=C", "--no-sync");
            await server.RunProgramAsync("pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(folder, "server.log"), "-o", $"-c listen_addresses= -c max_connections=500 -c unix_socket_directories={folder} -c fsync={(durable ? "on" : "off")}", "start");
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            await RunProgramAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
            Directory.Delete(folder, recursive: true);
        }

        private string Data => Path.Combine(folder, "data");

        /// <summary>The server refuses to run as root.</summary>
        private static async Task<string> OtherUserAsync() => (await File.ReadAllLinesAsync("/etc/passwd")).Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

        private Task RunProgramAsync(string program, params string[] arguments)
        {
            var path = Path.Combine(programs, program);
            return user is null ? RunAsync(path, arguments) : RunAsync("runuser", ["-u", user, "--", path, .. arguments]);
        }

        private static async Task RunAsync(string program, string[] arguments)
        {
            // Output is not read: the server inherits it and would keep the pipe open.
            using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
