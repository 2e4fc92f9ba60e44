// The rows of the log.
using System.Data.Common;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Keeping;

/// <summary>Inserts and reads entries. Nothing here updates or deletes.</summary>
internal static class LogTable
{
    /// <summary>Columns that <see cref="Read"/> expects, in this order.</summary>
    public const string Columns = "leaf_index, entry_id, leaf_time, commitment, leaf_hash, salt, record";

    private const string InsertEntry = """
        INSERT INTO log_entry (leaf_index, entry_id, leaf_time, commitment, leaf_hash, salt, record, client, time, kind, outcome,
          from_organisation, from_system, to_organisation, to_system, relates, correlation_id)
        VALUES (@leaf_index, @entry_id, @leaf_time, @commitment, @leaf_hash, @salt, @record, @client, @time, @kind, @outcome,
          @from_organisation, @from_system, @to_organisation, @to_system, @relates, @correlation_id)
        """;

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
    public static async Task<List<LoggedEntry>> FindAsync(Session session, IReadOnlyCollection<string> entryIds, CancellationToken cancellation)
    {
        var found = new List<LoggedEntry>();
        foreach (var part in entryIds.Chunk(200))
        {
            var names = part.Select(static (id, i) => ("e" + i, (object?)id)).ToArray();
            found.AddRange(await session.QueryAsync(
                $"SELECT {Columns} FROM log_entry WHERE entry_id IN ({string.Join(',', names.Select(static name => "@" + name.Item1))})", Read, cancellation, names));
        }

        return found;
    }

    public static async Task InsertAsync(Session session, LoggedEntry logged, LogEntry entry, IEnumerable<OrganisationId> sides, CancellationToken cancellation)
    {
        await session.ExecuteAsync(InsertEntry, cancellation, Parameters(logged, entry));
        foreach (var item in entry.Items.DistinctBy(static item => item.Item))
        {
            await session.ExecuteAsync(
                "INSERT INTO log_item (leaf_index, item, released, rule) VALUES (@leaf_index, @item, @released, @rule)",
                cancellation,
                ("leaf_index", logged.Index),
                ("item", item.Item.Value),
                ("released", item.Released ? 1L : 0L),
                ("rule", item.Rule?.Value));
        }

        foreach (var side in sides.Distinct().Where(side => side != entry.From?.Organisation && side != entry.To?.Organisation))
        {
            await session.ExecuteAsync(
                "INSERT INTO log_side (leaf_index, organisation) VALUES (@leaf_index, @organisation)",
                cancellation,
                ("leaf_index", logged.Index),
                ("organisation", side.Value));
        }
    }

    private static (string Name, object? Value)[] Parameters(LoggedEntry logged, LogEntry entry) =>
    [
        ("leaf_index", logged.Index),
        ("entry_id", logged.EntryId),
        ("leaf_time", logged.Leaf.Time.Column()),
        ("commitment", logged.Leaf.Commitment.ToArray()),
        ("leaf_hash", logged.LeafHash.ToArray()),
        ("salt", logged.Salt),
        ("record", logged.Record),
        ("client", entry.Client?.Reveal()),
        ("time", entry.Time.Column()),
        ("kind", Doors.Consent.LogFilter.KindText(entry.Kind)),
        ("outcome", entry.Outcome),
        ("from_organisation", entry.From?.Organisation?.Value),
        ("from_system", entry.From?.System?.Value),
        ("to_organisation", entry.To?.Organisation?.Value),
        ("to_system", entry.To?.System?.Value),
        ("relates", entry.Relates),
        ("correlation_id", entry.CorrelationId),
    ];
}
