// Finds entries of one organisation by codes.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review;

/// <summary>Lists entries where an organisation is a side, with counts for narrowing further. Values are parameters; only fixed pieces of SQL are joined.</summary>
internal sealed class LogSearch(ClientKeys keys, ILogger<LogSearch> log)
{
    /// <summary>The condition that an organisation is a side of an entry. INVARIANT: no recipient finds in the log that a consent or a prohibition names it: of a client's consents only those who
    /// hold the client's data are a side, and who recorded them; not the recipient, and not who told that a named recipient left. Nor does who asked find that something waits at the giver for
    /// a decision, or what was decided.</summary>
    public const string OwnSide =
        "((e.from_organisation = @organisation AND (e.kind <> 'consent-change' OR e.outcome <> 'recipient-left')) OR (e.to_organisation = @organisation AND e.kind <> 'consent-change' "
        + "AND (e.kind <> 'relationship-change' OR (e.outcome NOT LIKE 'release-%' AND e.outcome NOT LIKE 'decision-%'))) "
        + "OR e.leaf_index IN (SELECT leaf_index FROM log_side WHERE organisation = @organisation))";

    /// <summary>The condition on <c>log_item i</c> that the organisation may know the rule of an item: as <see cref="Sight"/> shows it, so that no filter and no count tells what is not shown.</summary>
    public const string RuleSeen = "(i.released = 1 OR e.from_organisation = @organisation)";

    /// <summary>Columns that <see cref="LogTable.Read"/> expects, of <c>log_entry e</c>.</summary>
    public const string Columns = "e.leaf_index, e.entry_id, e.leaf_time, e.commitment, e.leaf_hash, e.salt, e.record";
    private const int MostFacets = 50;

    /// <summary>A page of entries.</summary>
    public async Task<LogPage> FindAsync(Session session, OrganisationId organisation, LogFilter filter, CancellationToken cancellation)
    {
        var (condition, parameters) = Condition(organisation, filter);
        var before = filter.Cursor is { } cursor ? long.Parse(cursor, NumberStyles.None, CultureInfo.InvariantCulture) : long.MaxValue;
        var found = await session.QueryAsync(
            $"SELECT {Columns} FROM log_entry e WHERE {condition} AND e.leaf_index < @before ORDER BY e.leaf_index DESC LIMIT @limit",
            LogTable.Read,
            cancellation,
            [.. parameters, ("before", before), ("limit", (long)filter.Limit + 1)]);
        var rows = found.Take(filter.Limit).ToList();
        var kinds = await CountAsync(session, "e.kind", string.Empty, condition, parameters, cancellation);
        return new LogPage
        {
            Rows = [.. rows.Select(logged => Show(logged, organisation)).OfType<LogRow>()],
            Next = found.Count > filter.Limit ? rows[^1].Index.ToString(CultureInfo.InvariantCulture) : null,
            Total = kinds.Sum(static kind => kind.Count),
            Facets = new LogFacets
            {
                Kinds = kinds,
                Systems = Join(
                    await CountAsync(session, "e.from_system", string.Empty, condition, parameters, cancellation),
                    await CountAsync(session, "e.to_system", string.Empty, $"{condition} AND (e.from_system IS NULL OR e.to_system <> e.from_system)", parameters, cancellation)),
                Items = await CountAsync(session, "i.item", "JOIN log_item i ON i.leaf_index = e.leaf_index", condition, parameters, cancellation),
                Rules = await CountAsync(session, "i.rule", $"JOIN (SELECT leaf_index, rule, MAX(released) AS released FROM log_item GROUP BY leaf_index, rule) i ON i.leaf_index = e.leaf_index AND {RuleSeen}", condition, parameters, cancellation),
                Outcomes = await CountAsync(session, "e.outcome", string.Empty, condition, parameters, cancellation),
            },
        };
    }

    /// <summary>Entries of the organisation that belong to one entry: its intent, its outcomes, the same call's others.</summary>
    public async Task<ImmutableArray<LogRow>> RelatedAsync(Session session, OrganisationId organisation, LogEntry entry, CancellationToken cancellation)
    {
        var related = await session.QueryAsync(
            $"""
            SELECT {Columns} FROM log_entry e
            WHERE {OwnSide} AND e.entry_id <> @id AND (e.relates = @id OR e.entry_id = @relates OR e.correlation_id = @correlation_id)
            ORDER BY e.leaf_index LIMIT 100
            """,
            LogTable.Read,
            cancellation,
            ("organisation", organisation.Value),
            ("id", entry.Id),
            ("relates", entry.Relates ?? string.Empty),
            ("correlation_id", entry.CorrelationId));
        return [.. related.Select(logged => Show(logged, organisation)).OfType<LogRow>()];
    }

    /// <summary>The mark of an entry's client for this viewer.</summary>
    public string? MarkOf(LogEntry entry, OrganisationId viewer) => entry.Client is { } client ? keys.MarkOf(client, viewer) : null;

    /// <summary>An entry as a row of a list; null where it is erased or was changed.</summary>
    public LogRow? Show(LoggedEntry logged, OrganisationId viewer) => logged.Entry(log) is not { } whole || Sight.Of(whole, viewer) is not { } entry ? null : new LogRow
    {
        Index = logged.Index,
        Id = entry.Id,
        Time = entry.Time,
        Kind = entry.Kind,
        ClientMark = MarkOf(entry, viewer),
        From = entry.From,
        To = entry.To,
        Direction = entry.Direction,
        Purpose = entry.Purpose,
        Items = entry.Items,
        Outcome = entry.Outcome,
        Concerns = entry.Concerns,
        CorrelationId = entry.CorrelationId,
    };

    private static (string Condition, (string Name, object? Value)[] Parameters) Condition(OrganisationId organisation, LogFilter filter)
    {
        var parts = new List<(string Sql, string Name, object? Value)> { (OwnSide, "organisation", organisation.Value) };
        Add("e.time >= @since", "since", filter.Since?.Column());
        Add("e.time < @until", "until", filter.Until?.Column());
        Add("(e.from_system = @system OR e.to_system = @system)", "system", filter.System?.Value);
        Add("e.leaf_index IN (SELECT leaf_index FROM log_item WHERE item = @item)", "item", filter.Item?.Value);
        Add($"e.leaf_index IN (SELECT i.leaf_index FROM log_item i WHERE i.rule = @rule AND {RuleSeen})", "rule", filter.Rule?.Value);
        Add("e.outcome = @outcome", "outcome", filter.Outcome);
        Add("e.kind = @kind", "kind", filter.Kind is { } kind ? LogFilter.KindText(kind) : null);
        var condition = string.Join(" AND ", parts.Select(static part => part.Sql));
        return (filter.Kind is null ? condition + " AND e.kind <> 'log-read'" : condition, [.. parts.Select(static part => (part.Name, part.Value))]);

        void Add(string sql, string name, object? value)
        {
            if (value is not null)
            {
                parts.Add((sql, name, value));
            }
        }
    }

    private static async Task<ImmutableArray<FacetCount>> CountAsync(
        Session session, string column, string join, string condition, (string Name, object? Value)[] parameters, CancellationToken cancellation) =>
        [.. await session.QueryAsync(
            $"SELECT {column}, COUNT(*) FROM log_entry e {join} WHERE {condition} AND {column} IS NOT NULL GROUP BY {column} ORDER BY COUNT(*) DESC, {column} LIMIT {MostFacets}",
            static row => new FacetCount(row.GetString(0), row.GetInt64(1)),
            cancellation,
            parameters)];

    private static ImmutableArray<FacetCount> Join(ImmutableArray<FacetCount> one, ImmutableArray<FacetCount> other) =>
        [.. one.Concat(other).GroupBy(static facet => facet.Value).Select(static group => new FacetCount(group.Key, group.Sum(static facet => facet.Count))).OrderByDescending(static facet => facet.Count).ThenBy(static facet => facet.Value, StringComparer.Ordinal)];
}
