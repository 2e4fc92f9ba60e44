// The rows that a transaction adds to the log.
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tiles;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Keeping;

/// <summary>Entries with their items and sides, and the roots of the tiles they fill, until the transaction writes all of them at its end.</summary>
internal sealed class NewEntries
{
    private static readonly NewRows.Table EntryTable = new(
        "log_entry", "leaf_index", "entry_id", "leaf_time", "commitment", "leaf_hash", "salt", "record", "client", "time", "kind", "outcome",
        "from_organisation", "from_system", "to_organisation", "to_system", "relates", "correlation_id");

    private static readonly NewRows.Table ItemTable = new("log_item", "leaf_index", "item", "released", "rule");
    private static readonly NewRows.Table SideTable = new("log_side", "leaf_index", "organisation");
    private static readonly NewRows.Table NodeTable = new("log_node", "level", "node_index", "hash");

    private readonly NewRows entries = new(EntryTable);
    private readonly NewRows items = new(ItemTable);
    private readonly NewRows sides = new(SideTable);
    private readonly NewRows nodes = new(NodeTable);

    /// <summary>Adds an entry.</summary>
    public void Add(LoggedEntry logged, LogEntry entry, IEnumerable<OrganisationId> concerned)
    {
        AddEntry(logged, entry);
        foreach (var item in entry.Items.DistinctBy(static item => item.Item))
        {
            items.Add(logged.Index, item.Item.Value, item.Released ? 1L : 0L, item.Rule?.Value);
        }

        foreach (var side in concerned.Distinct().Where(side => entry.Kind == LogEntryKind.ConsentChange || (side != entry.From?.Organisation && side != entry.To?.Organisation)))
        {
            sides.Add(logged.Index, side.Value);
        }
    }

    /// <summary>Adds the root of a full tile.</summary>
    public void Add(NodeAddress node, Digest hash) => nodes.Add((long)(node.Level / TileAddress.Height), node.Index, hash.ToArray());

    /// <summary>What inserts all of it.</summary>
    public IEnumerable<Statement> Statements(Dialect dialect) => new[] { entries, items, sides, nodes }.SelectMany(rows => rows.Statements(dialect));

    private void AddEntry(LoggedEntry logged, LogEntry entry) => entries.Add(
        logged.Index,
        logged.EntryId,
        logged.Leaf.Time.Column(),
        logged.Leaf.Commitment.ToArray(),
        logged.LeafHash.ToArray(),
        logged.Salt,
        logged.Record,
        entry.Client?.Reveal(),
        entry.Time.Column(),
        Doors.Consent.LogFilter.KindText(entry.Kind),
        entry.Outcome,
        entry.From?.Organisation?.Value,
        entry.From?.System?.Value,
        entry.To?.Organisation?.Value,
        entry.To?.System?.Value,
        entry.Relates,
        entry.CorrelationId);
}
