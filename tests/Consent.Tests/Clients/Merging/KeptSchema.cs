// What a database itself says of its tables and columns, and where a text stands in it.
using Sisote.Consent.Storage;

namespace Sisote.Tests.Consent.Clients.Merging;

/// <summary>A column of a database.</summary>
internal sealed record KeptColumn(string Table, string Name, bool IsText);

/// <summary>Reads the schema as it stands, whichever migrations made it.</summary>
internal static class KeptSchema
{
    private const string OfSqlite = """
        SELECT t.name, c.name, CASE WHEN lower(c.type) = 'text' THEN 1 ELSE 0 END FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
        """;

    private const string OfPostgres = """
        SELECT table_name, column_name, CASE WHEN data_type = 'text' THEN 1 ELSE 0 END FROM information_schema.columns WHERE table_schema = current_schema()
        """;

    public static Task<List<KeptColumn>> ReadAsync(OpenRoom room) => QueryAsync(
        room,
        session => session.QueryAsync(
            session.Dialect.HasArrays ? OfPostgres : OfSqlite,
            static row => new KeptColumn(row.GetString(0), row.GetString(1), Convert.ToInt64(row.GetValue(2), null) == 1),
            CancellationToken.None));

    /// <summary>Whether one of the texts stands in the column, alone or in a longer one.</summary>
    public static Task<bool> HoldsAsync(OpenRoom room, KeptColumn column, IEnumerable<string> texts) => QueryAsync(room, async session =>
        (await session.QueryAsync($"SELECT {column.Name} FROM {column.Table} WHERE {column.Name} IS NOT NULL", static row => row.GetString(0), CancellationToken.None))
        .Any(value => texts.Any(text => value.Contains(text, StringComparison.Ordinal))));

    public static Task<long> CountAsync(OpenRoom room, string table, string column, IEnumerable<string> texts) => QueryAsync(room, async session =>
        (long)(await session.QueryAsync($"SELECT {column} FROM {table} WHERE {column} IS NOT NULL", static row => row.GetString(0), CancellationToken.None))
        .Count(value => texts.Any(text => value.Contains(text, StringComparison.Ordinal))));

    private static async Task<T> QueryAsync<T>(OpenRoom room, Func<Session, Task<T>> read)
    {
        await using var database = Database.Open(room.Database, room.Folder, commandSeconds: 5);
        await using var session = await database.ReadAsync(CancellationToken.None);
        return await read(session);
    }
}
