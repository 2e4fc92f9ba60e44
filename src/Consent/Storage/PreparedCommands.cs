// Commands that are kept with the connection they were prepared on.
using System.Data.Common;

namespace Sisote.Consent.Storage;

/// <summary>The commands of one connection, by their SQL: the database understands each text once. Not for several threads.</summary>
internal sealed class PreparedCommands
{
    private const int Most = 200;

    private readonly Dictionary<string, DbCommand> kept = [];

    /// <summary>A command ready to run: a kept one with these values, or, without <paramref name="prepared"/>, one for this once.</summary>
    public static Lent Lend(PreparedCommands? prepared, DbConnection connection, DbTransaction transaction, string sql, (string Name, object? Value)[] parameters)
    {
#pragma warning disable CA2000 // lent: whoever disposes of it gives it back, or disposes of the command
        var command = prepared?.TakeOut(sql, parameters) ?? Make(connection, sql, parameters);
#pragma warning restore CA2000
        command.Transaction = transaction;
        return new Lent(prepared, command);
    }

    /// <summary>Adds parameters to a command.</summary>
    public static void Add(DbParameterCollection to, Func<DbParameter> create, (string Name, object? Value)[] parameters)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = create();
            parameter.ParameterName = "@" + name; // as the text has it: else SQLite's library tries the possible marks one after the other, every time
            parameter.Value = value ?? DBNull.Value;
            to.Add(parameter);
        }
    }

    /// <summary>Forgets the commands: their connection is gone.</summary>
    public void Clear()
    {
        foreach (var command in kept.Values)
        {
            command.Dispose();
        }

        kept.Clear();
    }

    private static DbCommand Make(DbConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of the stores; values are parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        Add(command.Parameters, command.CreateParameter, parameters);
        return command;
    }

    private DbCommand? TakeOut(string sql, (string Name, object? Value)[] parameters)
    {
        if (!kept.Remove(sql, out var command))
        {
            return null;
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }

    private async ValueTask TakeBackAsync(DbCommand command)
    {
        if (kept.Count >= Most || !kept.TryAdd(command.CommandText, command))
        {
            await command.DisposeAsync();
        }
    }

    /// <summary>A command in use; given back, or disposed of, at the end.</summary>
    internal readonly struct Lent(PreparedCommands? owner, DbCommand command) : IAsyncDisposable
    {
        public DbCommand Value => command;

        public ValueTask DisposeAsync() => owner?.TakeBackAsync(command) ?? command.DisposeAsync();
    }
}
