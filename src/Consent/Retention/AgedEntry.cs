// An entry of the log as retention looks at it.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.Consent.Replaying;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Retention;

/// <summary>An entry whose record stands, with the organisations that it concerns beside its two sides.</summary>
/// <param name="Logged">Its row.</param>
/// <param name="Entry">The record; null where it is not what the log committed to.</param>
/// <param name="Sides">The further organisations.</param>
internal sealed record AgedEntry(LoggedEntry Logged, LogEntry? Entry, ImmutableArray<OrganisationId> Sides)
{
    public long Index => Logged.Index;

    /// <summary>When its time begins: the later of when it happened, as its writer said, and when the log took it in. A wrong clock of a writer shortens nothing.</summary>
    public DateTimeOffset Happened => Entry is { } entry && entry.Time > Logged.Leaf.Time ? entry.Time : Logged.Leaf.Time;

    /// <summary>All organisations that it concerns.</summary>
    public IEnumerable<OrganisationId> Organisations => Sides.Select(static side => (OrganisationId?)side).Append(Entry?.From?.Organisation).Append(Entry?.To?.Organisation).OfType<OrganisationId>().Distinct();

    /// <summary>Entries of neighbouring places that the log took in before an instant.</summary>
    public static async Task<List<AgedEntry>> ReadAsync(Session session, long first, long end, DateTimeOffset before, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync(
            $"SELECT {LogTable.Columns} FROM log_entry WHERE leaf_index >= @first AND leaf_index < @end AND record IS NOT NULL AND leaf_time < @before ORDER BY leaf_index",
            LogTable.Read,
            cancellation,
            ("first", first),
            ("end", end),
            ("before", before.Column()));
        if (rows.Count == 0)
        {
            return [];
        }

        var sides = (await session.QueryAsync(
            "SELECT leaf_index, organisation FROM log_side WHERE leaf_index >= @first AND leaf_index <= @last",
            static row => (Index: row.GetInt64(0), Organisation: OrganisationId.Parse(row.GetString(1))),
            cancellation,
            ("first", rows[0].Index),
            ("last", rows[^1].Index))).ToLookup(static row => row.Index, static row => row.Organisation);
        return rows.ConvertAll(logged => new AgedEntry(logged, ReplayableEntry.Read(logged).Entry, [.. sides[logged.Index]]));
    }
}
