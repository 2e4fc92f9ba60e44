// Makes erased bytes go from the database's files.
using System.Data.Common;
using Sisote.Consent.Storage;

namespace Sisote.Consent.Retention;

/// <summary>Has the database write its files without what was erased, outside every transaction. docs/retention.md says what each database does and leaves.</summary>
internal sealed class Clearing(Database database, ILogger<Clearing> log)
{
    private const int Patience = 3600; // seconds; a large file is written anew

    /// <summary>Clears; false where it could not be done now and is to be tried again.</summary>
    public async Task<bool> ClearAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.ConnectAsync(cancellation);
            foreach (var step in database.Dialect.Clear)
            {
                await using var command = connection.CreateCommand();
                command.CommandTimeout = Patience;
#pragma warning disable CA2100 // constants of Dialect
                command.CommandText = step;
#pragma warning restore CA2100
                if (await command.ExecuteScalarAsync(cancellation) is long and not 0)
                {
                    Log.NotCleared(log, null); // somebody still reads the older state
                    return false;
                }
            }

            return true;
        }
        catch (DbException fault)
        {
            Log.NotCleared(log, fault);
            return false;
        }
    }
}
