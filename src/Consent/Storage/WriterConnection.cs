// The connection that the log's writer keeps.
using System.Data.Common;
using System.Globalization;

namespace Sisote.Consent.Storage;

/// <summary>One connection for one writer, with its commands prepared. After a fault it begins anew with a fresh one.</summary>
/// <remarks>
/// A writer that stops in the middle (a paused process, a cut network) holds everybody else's line. The database therefore ends its transaction after <paramref name="patience"/>, before
/// those who wait give up: when the writer wakes, its transaction is gone and cannot commit (docs/adr/0008-one-line-of-writers.md).
/// </remarks>
internal sealed class WriterConnection(Database database, TimeSpan patience)
{
    private readonly PreparedCommands commands = new();
    private DbConnection? connection;

    /// <summary>Begins a transaction that may write; one at a time.</summary>
    public async Task<Session> BeginAsync(CancellationToken cancellation)
    {
        connection ??= await OpenAsync(cancellation);
        return new Session(database.Dialect, connection, await connection.BeginTransactionAsync(cancellation), commands);
    }

    /// <summary>Closes the connection; the next transaction opens another.</summary>
    public async ValueTask CloseAsync()
    {
        commands.Clear();
        if (connection is not null)
        {
            await connection.DisposeAsync();
            connection = null;
        }
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var opened = await database.ConnectAsync(cancellation);
        if (database.Dialect.Fence.Length > 0)
        {
            await using var transaction = await opened.BeginTransactionAsync(cancellation);
            var milliseconds = ((long)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            await using var command = PreparedCommands.Lend(null, opened, transaction, database.Dialect.Fence, [("milliseconds", milliseconds)]);
            await command.Value.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return opened;
    }
}
