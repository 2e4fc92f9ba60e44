// Where sealed values stand.
using Sisote.Consent.Storage;

namespace Sisote.Consent.Clients.Keys;

/// <summary>A column of sealed values: its table, what finds a row, and to what a value is bound. Whoever seals into another column adds it here; a test holds the list against the database.</summary>
internal sealed record SealedColumn(string Table, string Name, string[] Keys, Func<string[], string> BoundTo)
{
    private readonly string keys = string.Join(", ", Keys);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SealedColumn> All { get; } =
    [
        new("client", "identifier", ["client"], static row => "identifier " + row[0]),
        new("client", "facts", ["client"], static row => "facts " + row[0]),
        new("decision_input", "content", ["client", "commitment"], static row => $"inputs {row[0]} {row[1]}"),
        new("review_case", "content", ["id"], static row => "case " + row[0]),
        new("review_package", "content", ["request"], static row => "case package " + row[0]),
        new("minor_record", "content", ["client", "id", "entry_id"], static row => $"minor {row[0]} {row[1]}"),
        new("guardianship", "name", ["client", "guardian", "entry_id"], static row => "name " + row[0]),
    ];

    /// <summary>How many values begin in which way.</summary>
    public Task<List<(string Prefix, long Count)>> CountAsync(Session session, CancellationToken cancellation) => session.QueryAsync(
        $"SELECT substr({Name}, 1, {Doors.Sealing.Envelope.PrefixLength}) AS prefix, COUNT(*) FROM {Table} WHERE {Name} IS NOT NULL GROUP BY 1",
        static row => (Convert.ToHexString(row.GetFieldValue<byte[]>(0)), row.GetInt64(1)),
        cancellation);

    /// <summary>The next rows behind a row whose value does not begin like this.</summary>
    public Task<List<(string[] Row, byte[] Value)>> NextAsync(Session session, string[]? after, byte[] prefix, int most, CancellationToken cancellation) => session.QueryAsync(
        $"""
        SELECT {keys}, {Name} FROM {Table}
        WHERE {Name} IS NOT NULL AND substr({Name}, 1, {Doors.Sealing.Envelope.PrefixLength}) <> @prefix AND ({keys}) > ({string.Join(", ", Keys.Select(static (_, i) => $"@after{i}"))})
        ORDER BY {keys} LIMIT {most}
        """,
        row => (Keys.Select((_, i) => row.GetString(i)).ToArray(), row.GetFieldValue<byte[]>(Keys.Length)),
        cancellation,
        [("prefix", prefix), .. Keys.Select((_, i) => ($"after{i}", (object?)(after?[i] ?? string.Empty)))]);

    /// <summary>Writes a value where still the old one stands.</summary>
    public Statement Write(string[] row, byte[] old, byte[] value) => new(
        $"UPDATE {Table} SET {Name} = @value WHERE {string.Join(" AND ", Keys.Select(static (key, i) => $"{key} = @key{i}"))} AND {Name} = @old",
        [("value", value), ("old", old), .. Keys.Select((_, i) => ($"key{i}", (object?)row[i]))]);
}
