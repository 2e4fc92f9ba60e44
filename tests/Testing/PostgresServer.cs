// A PostgreSQL server of a test's own, which it may kill.
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Sisote.Tests.Testing;

/// <summary>A throw-away server from the local <c>initdb</c> and <c>pg_ctl</c> (as another user where the tests run as root), reached through a socket in a temporary folder.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "sisote";
    private readonly string programs;
    private readonly string folder;
    private readonly string? user;
    private readonly bool durable;

    private PostgresServer(string programs, string folder, string? user, bool durable) => (this.programs, this.folder, this.user, this.durable) = (programs, folder, user, durable);

    /// <summary>How the superuser reaches the database that is always there.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = folder, Username = Superuser, Database = "postgres" }.ConnectionString;

    private string Data => Path.Combine(folder, "data");

    /// <summary>Makes and starts one. Skips the running test, with the reason, where there is no PostgreSQL (and fails it in CI).</summary>
    /// <param name="durable">Whether it really writes to disk.</param>
    public static async Task<PostgresServer> StartAsync(bool durable)
    {
        var programs = FindPrograms();
        if (programs is null)
        {
            const string Reason = "SISOTE_TEST_POSTGRES names no server, and initdb and pg_ctl are neither on the PATH nor under /usr/lib/postgresql.";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Skip(Reason);
        }

        var folder = Directory.CreateTempSubdirectory("sisote-pg-").FullName;
        var user = Environment.UserName == "root" ? await OtherUserAsync() : null;
        if (user is not null)
        {
            await ExitAsync("chown", [user, folder]);
        }

        var server = new PostgresServer(programs!, folder, user, durable);
        await server.RunProgramAsync("initdb", "-D", server.Data, "-A", "trust", "-U", Superuser, "-E", "UTF8", "--locale=C", "--no-sync");
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on the data that is there.</summary>
    public Task StartAgainAsync() =>
        RunProgramAsync("pg_ctl", "-D", Data, "-w", "-t", "300", "-l", Path.Combine(folder, "server.log"), "-o", $"-c listen_addresses= -c max_connections=500 -c unix_socket_directories={folder} -c fsync={(durable ? "on" : "off")}", "start");

    /// <summary>Kills all its processes at once, as a power cut would (what it had given to the operating system stays).</summary>
    public async Task KillAsync()
    {
        var first = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        // A server begins again only when none of the old processes holds the shared memory any more, and one that writes to disk takes a moment to die.
        await ExitAsync("sh", ["-c", $"kill -STOP {first}; all=\"{first} $(pgrep -P {first} | tr '\\n' ' ')\"; kill -KILL $all; for one in $all; do while kill -0 $one; do sleep 0.01; done; done"]);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var (stop, arguments) = AsUser("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        await ExitAsync(stop, arguments); // whether it still ran does not matter: a test that failed between a kill and a start should say why, not this
        Directory.Delete(folder, recursive: true);
    }

    private static string? FindPrograms()
    {
        var packaged = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(static version => Path.Combine(version, "bin")) : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Concat(packaged)
            .FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    /// <summary>The server refuses to run as root.</summary>
    private static async Task<string> OtherUserAsync() => (await File.ReadAllLinesAsync("/etc/passwd")).Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private async Task RunProgramAsync(string program, params string[] arguments)
    {
        var (command, all) = AsUser(program, arguments);
        var exit = await ExitAsync(command, all);
        var log = Path.Combine(folder, "server.log");
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)} ended with {exit}. {(File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(10)) : string.Empty)}");
    }

    private (string Command, string[] Arguments) AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        return user is null ? (path, arguments) : ("runuser", ["-u", user, "--", path, .. arguments]);
    }

    private static async Task<int> ExitAsync(string program, string[] arguments)
    {
        // Output is not read: the server inherits it and would keep the pipe open.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
