// The rows of the log.
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Keeping;

/// <summary>Reads entries; <see cref="NewEntries"/> inserts them.</summary>
internal static class LogTable
{
    /// <summary>Columns that <see cref="Read"/> expects, in this order.</summary>
    public const string Columns = "leaf_index, entry_id, leaf_time, commitment, leaf_hash, salt, record";

    public static LoggedEntry Read(DbDataReader row) => new()
    {
        EntryId = row.GetString(1),
        Leaf = new LeafEntry { Seq = row.GetInt64(0), Time = row.Time(2), Commitment = new Digest(row.GetFieldValue<byte[]>(3)) },
        LeafHash = new Digest(row.GetFieldValue<byte[]>(4)),
        Salt = row.BytesOrNull(5),
        Record = row.BytesOrNull(6),
    };

    public static async Task<LoggedEntry?> FindAsync(Session session, long index, CancellationToken cancellation) =>
        (await session.QueryAsync($"SELECT {Columns} FROM log_entry WHERE leaf_index = @index", Read, cancellation, ("index", index))).SingleOrDefault();

    public static async Task<LoggedEntry?> FindAsync(Session session, string entryId, CancellationToken cancellation) =>
        (await session.QueryAsync($"SELECT {Columns} FROM log_entry WHERE entry_id = @id", Read, cancellation, ("id", entryId))).SingleOrDefault();

    /// <summary>Those of the entries that stand in the log already.</summary>
    public static async Task<List<LoggedEntry>> FindAsync(Session session, IReadOnlyCollection<string> entryIds, CancellationToken cancellation) => entryIds.Count == 0
        ? []
        : await session.QueryAsync(
            $"SELECT {Columns} FROM log_entry WHERE {session.Dialect.IsAmong("entry_id", "ids")}", Read, cancellation, ("ids", session.Dialect.Values(entryIds)));
}
