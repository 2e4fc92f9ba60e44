// The one way to run SQL.
using System.Data.Common;

namespace Sisote.Consent.Storage;

/// <summary>One transaction. Parameters always, written <c>@name</c>; no SQL is ever made from a value.</summary>
internal sealed class Session(Dialect dialect, DbConnection connection, DbTransaction transaction, PreparedCommands? prepared = null) : IAsyncDisposable
{
    /// <summary>The words of this database.</summary>
    public Dialect Dialect => dialect;

    /// <summary>Runs a statement; how many rows it changed.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var command = Prepare(sql, parameters);
        return await command.Value.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Runs statements in their order, in one message where the database is across a network.</summary>
    public async Task ExecuteAsync(IEnumerable<Statement> statements, CancellationToken cancellation)
    {
        if (!connection.CanCreateBatch)
        {
            foreach (var (sql, parameters) in statements)
            {
                await ExecuteAsync(sql, cancellation, parameters);
            }

            return;
        }

        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var (sql, parameters) in statements)
        {
            var command = batch.CreateBatchCommand();
#pragma warning disable CA2100 // constants of the stores; values are parameters
            command.CommandText = sql;
#pragma warning restore CA2100
            PreparedCommands.Add(command.Parameters, command.CreateParameter, parameters);
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var command = Prepare(sql, parameters);
        await using var reader = await command.Value.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Rows of a query, one at a time, for what may be large.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string sql, Func<DbDataReader, T> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation, params (string Name, object? Value)[] parameters)
    {
        await using var command = Prepare(sql, parameters);
        await using var reader = await command.Value.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return read(reader);
        }
    }

    /// <summary>Makes what was written durable.</summary>
    public Task CommitAsync(CancellationToken cancellation) => transaction.CommitAsync(cancellation);

    /// <summary>Undoes what was not committed; the connection of a <see cref="WriterConnection"/> stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (prepared is null)
        {
            await connection.DisposeAsync();
        }
    }

    private PreparedCommands.Lent Prepare(string sql, (string Name, object? Value)[] parameters) => PreparedCommands.Lend(prepared, connection, transaction, sql, parameters);
}
