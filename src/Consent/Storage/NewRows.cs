// Many rows at once: the one place where the two databases are written to in two ways.
namespace Sisote.Consent.Storage;

/// <summary>Rows to insert into one table.</summary>
/// <remarks>
/// PostgreSQL takes all of them in one statement, each column as an array (<c>unnest</c>): it is across a network, and each statement costs. SQLite takes row by row on a
/// prepared statement: it is in this process, and each value costs. Both texts are the same however many rows there are, so both stay prepared.
/// </remarks>
internal sealed class NewRows(NewRows.Table table)
{
    private readonly List<object?[]> rows = [];

    /// <summary>Adds a row: its values in the order of the columns, each a <c>string</c>, a <c>long</c> or a <c>byte[]</c>.</summary>
    public void Add(params object?[] values) => rows.Add(values);

    /// <summary>What inserts them.</summary>
    public IEnumerable<Statement> Statements(Dialect dialect) =>
        rows.Count == 0 ? [] : dialect.HasArrays ? [new Statement(table.ManyRows, table.Parameters([.. table.Columns.Select(Column)]))] : rows.Select(row => new Statement(table.OneRow, table.Parameters(row)));

    private object Column(string name, int place) => rows.Select(row => row[place]).FirstOrDefault(static value => value is not null) switch
    {
        long => rows.Select(row => (long?)row[place]).ToArray(),
        byte[] => rows.Select(row => (byte[]?)row[place]).ToArray(),
        _ => rows.Select(row => (string?)row[place]).ToArray(),
    };

    /// <summary>A table and those of its columns that are filled. A column without any value among the rows is taken for text: bytes that can all be missing do not belong here.</summary>
    internal sealed class Table(string name, params string[] columns)
    {
        public string[] Columns => columns;

        public string OneRow { get; } = $"INSERT INTO {name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static column => "@" + column))})";

        public string ManyRows { get; } = $"INSERT INTO {name} ({string.Join(", ", columns)}) SELECT * FROM unnest({string.Join(", ", columns.Select(static column => "@" + column))})";

        public (string Name, object? Value)[] Parameters(object?[] values) => [.. columns.Zip(values)];
    }
}

/// <summary>A statement with the values of its parameters.</summary>
internal readonly record struct Statement(string Sql, params (string Name, object? Value)[] Parameters);
