// The connection that the log's writer keeps.
using System.Data.Common;

namespace Sisote.Consent.Storage;

/// <summary>One connection for one writer, with its commands prepared. After a fault it begins anew with a fresh one.</summary>
internal sealed class WriterConnection(Database database)
{
    private readonly PreparedCommands commands = new();
    private DbConnection? connection;

    /// <summary>Begins a transaction that may write; one at a time.</summary>
    public async Task<Session> BeginAsync(CancellationToken cancellation)
    {
        connection ??= await database.ConnectAsync(cancellation);
        return new Session(database.Dialect, connection, await connection.BeginTransactionAsync(cancellation), commands);
    }

    /// <summary>Closes the connection; the next transaction opens another.</summary>
    public async ValueTask CloseAsync()
    {
        commands.Dispose();
        if (connection is not null)
        {
            await connection.DisposeAsync();
            connection = null;
        }
    }
}
