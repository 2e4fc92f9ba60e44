// How values stand in columns.
using System.Collections.Immutable;
using System.Data.Common;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Storage;

/// <summary>Reads columns and writes parameters in the room's one way: times as the log writes them, codes as text, lists of codes separated by spaces.</summary>
internal static class Rows
{
    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[]? BytesOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static DateTimeOffset Time(this DbDataReader row, int column) =>
        CanonicalTime.TryRead(row.GetString(column), out var time) ? time : throw new InvalidDataException("A time in the database is malformed.");

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static T? CodeOrNull<T>(this DbDataReader row, int column)
        where T : struct, ICode<T> => row.IsDBNull(column) ? null : T.Parse(row.GetString(column));

    public static ImmutableArray<T> Codes<T>(this DbDataReader row, int column)
        where T : struct, ICode<T> => [.. row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(T.Parse)];

    public static string Column(this DateTimeOffset time) => CanonicalTime.Write(time);

    public static string Column<T>(this ImmutableArray<T> codes)
        where T : struct, ICode<T> => string.Join(' ', codes.Select(static code => code.Value));
}
