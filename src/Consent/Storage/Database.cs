// Opens the one database of the house.
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sisote.Consent.Storage;

/// <summary>The database, SQLite or PostgreSQL behind one <see cref="DbDataSource"/>.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly DbDataSource source;
    private readonly string? file;

    private Database(DbDataSource source, Dialect dialect, string? file) => (this.source, Dialect, this.file) = (source, dialect, file);

    /// <summary>The words in which databases differ.</summary>
    public Dialect Dialect { get; }

    /// <summary>Whether it is a file of this process (SQLite).</summary>
    public bool IsEmbedded => file is not null;

    /// <summary>Whether it is a file in which something stands already. Of a server nothing is said here.</summary>
    /// <exception cref="ConsentStartException">What stands there is no database (SQLite file format 1.3: the first 16 bytes), or the file cannot be read.</exception>
    public bool IsFileInUse()
    {
        if (file is null || !File.Exists(file))
        {
            return false;
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[16];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) switch
            {
                0 => false,
                _ when head.SequenceEqual("SQLite format 3\0"u8) => true,
                _ => throw Unsound(file),
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, fault);
        }
    }

    /// <summary>The line for an operator whose file is no database.</summary>
    public static ConsentStartException Unsound(string file, Exception? fault = null) =>
        new($"`{file}` is no sound SQLite database. Put it back from a backup, or name another file in Sisote:Consent:Database.", fault);

    /// <summary>Opens what the setting names.</summary>
    /// <exception cref="ConsentStartException">Unknown kind of database, or a folder that cannot be made.</exception>
    public static Database Open(string? setting, string dataDirectory, int commandSeconds)
    {
        var (kind, rest) = (setting ?? "sqlite:" + Path.Combine(dataDirectory, "consent.db")).Split(':', 2) is [var k, var r] ? (k, r) : (string.Empty, string.Empty);
        return (kind, rest) switch
        {
            ("sqlite", { Length: > 0 }) => OpenFile(Path.GetFullPath(rest), commandSeconds),
            ("postgres", { Length: > 0 }) => OpenServer(rest, commandSeconds),
            _ => throw new ConsentStartException("Sisote:Consent:Database must be `sqlite:FILE` or `postgres:CONNECTION STRING`."),
        };
    }

    /// <summary>A view of the database as of one moment.</summary>
    public async Task<Session> ReadAsync(CancellationToken cancellation)
    {
        var connection = await ConnectAsync(cancellation);
#pragma warning disable CA1849 // only the blocking method can begin without taking SQLite's write lock; SQLite never waits for a network
        var snapshot = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
#pragma warning restore CA1849
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        return new Session(Dialect, connection, snapshot);
    }

    /// <summary>A transaction that may write.</summary>
    public async Task<Session> WriteAsync(CancellationToken cancellation)
    {
        var connection = await ConnectAsync(cancellation);
        return new Session(Dialect, connection, await connection.BeginTransactionAsync(cancellation));
    }

    /// <summary>An open connection, the caller's to dispose of.</summary>
    public async Task<DbConnection> ConnectAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        if (Dialect.OnOpen.Length > 0)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a constant of Dialect
            command.CommandText = Dialect.OnOpen;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellation);
        }

        return connection;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static Database OpenFile(string file, int commandSeconds)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, fault);
        }

        var text = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = commandSeconds }.ConnectionString;
        return new Database(SqliteFactory.Instance.CreateDataSource(text), Dialect.Sqlite, file);
    }

    private static Database OpenServer(string text, int commandSeconds)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text) { CommandTimeout = commandSeconds, MaxAutoPrepare = 64, AutoPrepareMinUsages = 2 };
#pragma warning disable CA2000 // the Database disposes of it
            return new Database(NpgsqlDataSource.Create(builder), Dialect.Postgres, file: null);
#pragma warning restore CA2000
        }
        catch (ArgumentException fault)
        {
            throw new ConsentStartException("Sisote:Consent:Database holds no valid PostgreSQL connection string.", fault);
        }
    }

    internal static ConsentStartException Unwritable(string file, Exception fault) =>
        new($"The consent service cannot write `{file}`. Make its folder writable for this user, or name another file in Sisote:Consent:Database.", fault);
}
