// The client's own view of the log.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review;

/// <summary>Reads what a client may see, folds what is alike within a day, and leaves out persons of the receiving side.</summary>
internal sealed class MyDisclosuresReader(Database database, TimeProvider clock, ILogger<MyDisclosuresReader> log)
{
    private const int PageOfEntries = 200;
    private static readonly TimeSpan FoldWithin = TimeSpan.FromDays(1);

    /// <summary>A page, newest first, of what came before the cursor.</summary>
    public async Task<MyDisclosures> ReadAsync(ClientId client, long? before, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var mine = await Identities.AllOfAsync(session, client, cancellation);
        var keys = session.Dialect.Values(mine.Select(static one => one.Reveal()));
        var entries = await session.QueryAsync(
            $"""
            SELECT {LogTable.Columns} FROM log_entry
            WHERE {session.Dialect.IsAmong("client", "clients")} AND leaf_index < @before AND kind IN ('disclosure', 'use', 'refusal', 'write-intent')
            ORDER BY leaf_index DESC LIMIT {PageOfEntries}
            """,
            LogTable.Read,
            cancellation,
            ("clients", keys),
            ("before", before ?? long.MaxValue));
        var sendings = await Sendings.ReadAsync(session, mine, log, shows: null, cancellation);
        var rows = ImmutableArray.CreateBuilder<MyDisclosure>();
        foreach (var logged in entries)
        {
            if (logged.Entry(log) is { } entry && entry.Client is { } whose && mine.Contains(whose) && IsVisible(entry.Visibility) && !sendings.IsRepeated(entry))
            {
                Fold(rows, Show(logged.Index, entry, sendings.OutcomeOf(entry)));
            }
        }

        return new MyDisclosures { Disclosures = rows.ToImmutable(), Next = entries.Count == PageOfEntries ? entries[^1].Index.ToString(CultureInfo.InvariantCulture) : null };
    }

    private bool IsVisible(LogVisibility visibility) => visibility.Client && (visibility.From is not { } from || from <= clock.GetUtcNow());

    private static MyDisclosure Show(long index, LogEntry entry, string outcome) => new()
    {
        Time = entry.Time,
        FirstTime = entry.Time,
        Count = 1,
        Index = index,
        Kind = entry.Kind,
        Outcome = outcome,
        From = DisclosureEnds.Of(entry.From),
        To = DisclosureEnds.Of(entry.To),
        Direction = entry.Direction,
        Purpose = entry.Purpose,
        Released = [.. entry.Items.Where(static item => item.Released).Select(static item => item.Item)],
        Withheld = [.. entry.Items.Where(static item => !item.Released).Select(static item => item.Item)],
        Grounds = [.. entry.Items.Where(static item => item is { Released: true, Rule: not null }).GroupBy(static item => item.Rule!.Value).Select(static group => new DisclosureGround
        {
            Rule = group.Key,
            Basis = [.. group.SelectMany(static item => item.Basis).Distinct()],
            Consents = [.. group.SelectMany(static item => item.Consents).Distinct()],
        })],
    };

    private static void Fold(ImmutableArray<MyDisclosure>.Builder rows, MyDisclosure row)
    {
        for (var i = rows.Count - 1; i >= 0 && rows[i].Time - row.Time <= FoldWithin; i--)
        {
            if (IsAlike(rows[i], row))
            {
                rows[i] = rows[i] with { Count = rows[i].Count + 1, FirstTime = row.Time };
                return;
            }
        }

        rows.Add(row);
    }

    private static bool IsAlike(MyDisclosure one, MyDisclosure other) =>
        (one.Kind, one.Outcome, one.From, one.To, one.Direction, one.Purpose) == (other.Kind, other.Outcome, other.From, other.To, other.Direction, other.Purpose)
        && one.Released.SequenceEqual(other.Released)
        && one.Withheld.SequenceEqual(other.Withheld)
        && one.Grounds.Length == other.Grounds.Length
        && one.Grounds.Zip(other.Grounds).All(static pair =>
            pair.First.Rule == pair.Second.Rule && pair.First.Basis.SequenceEqual(pair.Second.Basis) && pair.First.Consents.SequenceEqual(pair.Second.Consents));
}
