// A guardian's view of a child's part of the log.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Minors;

/// <summary>
/// Reads what a guardian may see and folds what is alike within a day. It has no pages: where a page ended would tell how much is hidden. INVARIANT: where no context is open nothing of the log is read, and else
/// the work has a bound that does not grow with what is hidden: the index sorts out what it can tell among the newest entries, and no more than a page of them is opened.
/// </summary>
internal sealed class ChildDisclosuresReader(GuardianView view, TimeProvider clock, ILogger<ChildDisclosuresReader> log)
{
    private const int MostSorted = 2000;
    private const int MostOpened = 200;
    private static readonly TimeSpan FoldWithin = TimeSpan.FromDays(1);

    /// <summary>The newest rows, in the view of the database in which the guardian was found.</summary>
    public async Task<ImmutableArray<ChildDisclosure>> ReadAsync(Session session, ActingGuardian acting, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var identities = await Identities.AllOfAsync(session, acting.Child, cancellation);
        if (!view.OpensAny(acting, now))
        {
            return [];
        }

        var keys = session.Dialect.Values(identities.Select(static one => one.Reveal()));
        var shown = new List<(long Index, LogEntry Entry)>();
        foreach (var logged in await NewestAsync(session, keys, view.ClosedItems(acting, now), cancellation))
        {
            if (logged.Entry(log) is { } entry && entry.Client is { } whose && identities.Contains(whose) && view.Shows(acting, entry, now))
            {
                shown.Add((logged.Index, entry));
            }
        }

        var sendings = await SendingsAsync(session, keys, shown, cancellation);
        var rows = new List<ChildDisclosure>();
        foreach (var (index, entry) in shown.Where(one => one.Entry.Kind != LogEntryKind.WriteIntent || (sendings.OfEntry(one.Entry) is "delivered" or "unknown" && !sendings.IsRepeated(one.Entry))))
        {
            Fold(rows, Show(index, entry));
        }

        return [.. rows];
    }

    /// <summary>The newest entries by which something was given, without those that name an item of a closed context.</summary>
    private static Task<List<LoggedEntry>> NewestAsync(Session session, object keys, IEnumerable<DataItemId> closed, CancellationToken cancellation) => session.QueryAsync(
        $"""
        SELECT {LogTable.Columns} FROM log_entry WHERE leaf_index IN (
          SELECT n.leaf_index FROM (
            SELECT leaf_index FROM log_entry WHERE {session.Dialect.IsAmong("client", "clients")} AND kind IN ('disclosure', 'use', 'write-intent') ORDER BY leaf_index DESC LIMIT {MostSorted}) n
          WHERE EXISTS (SELECT 1 FROM log_item i WHERE i.leaf_index = n.leaf_index AND i.released = 1)
            AND NOT EXISTS (SELECT 1 FROM log_item i WHERE i.leaf_index = n.leaf_index AND {session.Dialect.IsAmong("i.item", "closed")})
          ORDER BY n.leaf_index DESC LIMIT {MostOpened})
        ORDER BY leaf_index DESC
        """,
        LogTable.Read,
        cancellation,
        ("clients", keys),
        ("closed", session.Dialect.Values(closed.Select(static item => item.Value))));

    /// <summary>What became of the entries that were sent: only of the calls that are shown.</summary>
    private async Task<Sendings> SendingsAsync(Session session, object keys, List<(long Index, LogEntry Entry)> shown, CancellationToken cancellation)
    {
        var visible = shown.Select(static one => one.Index).ToHashSet();
        var sendings = new Sendings((index, _) => visible.Contains(index));
        var calls = shown.Where(static one => one.Entry.Kind == LogEntryKind.WriteIntent).Select(static one => one.Entry.CorrelationId).Distinct();
        var told = await session.QueryAsync(
            $"""
            SELECT {LogTable.Columns} FROM log_entry
            WHERE {session.Dialect.IsAmong("correlation_id", "calls")} AND {session.Dialect.IsAmong("client", "clients")} AND kind IN ('write-intent', 'write-outcome') ORDER BY leaf_index
            """,
            LogTable.Read,
            cancellation,
            ("calls", session.Dialect.Values(calls)),
            ("clients", keys));
        foreach (var logged in told)
        {
            if (logged.Entry(log) is { } entry)
            {
                sendings.Add(logged.Index, entry);
            }
        }

        return sendings;
    }

    private static ChildDisclosure Show(long index, LogEntry entry) => new()
    {
        Time = entry.Time,
        FirstTime = entry.Time,
        Count = 1,
        Index = index,
        Kind = entry.Kind,
        From = DisclosureEnds.Of(entry.From),
        To = DisclosureEnds.Of(entry.To),
        Purpose = entry.Purpose,
        Released = [.. entry.Items.Where(static item => item.Released).Select(static item => item.Item)],
        Rules = [.. entry.Items.Where(static item => item.Released).Select(static item => item.Rule).OfType<RuleId>().Distinct()],
    };

    private static void Fold(List<ChildDisclosure> rows, ChildDisclosure row)
    {
        var alike = rows.FindIndex(one => one.Time - row.Time <= FoldWithin && IsAlike(one, row));
        if (alike < 0)
        {
            rows.Add(row);
        }
        else
        {
            rows[alike] = rows[alike] with { Count = rows[alike].Count + 1, FirstTime = row.Time };
        }
    }

    private static bool IsAlike(ChildDisclosure one, ChildDisclosure other) =>
        (one.Kind, one.From, one.To, one.Purpose) == (other.Kind, other.From, other.To, other.Purpose) && one.Released.SequenceEqual(other.Released) && one.Rules.SequenceEqual(other.Rules);
}
