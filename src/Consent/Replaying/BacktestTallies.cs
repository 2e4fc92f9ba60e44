// Counts what replays show, in memory that does not grow with the log.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Consent.Replaying;

/// <summary>Tallies by what was shown, and changes grouped by item, parties and what became of it.</summary>
internal sealed class BacktestTallies
{
    private const int MostExamples = 5;

    private readonly Dictionary<Type, Tally> shown = [];
    private readonly Dictionary<ChangeKey, Tally> changes = [];
    private readonly Tally notReproduced = new();

    /// <summary>Counts one entry.</summary>
    public void Add(long index, Replayed replayed)
    {
        if (replayed is Replayed.Otherwise { SameLaw: true })
        {
            notReproduced.Add(index);
        }
        else
        {
            TallyOf(shown, replayed.GetType()).Add(index);
        }

        if (replayed is Replayed.Otherwise changed)
        {
            foreach (var key in ChangesOf(changed.Before, changed.After).Distinct())
            {
                TallyOf(changes, key).Add(index);
            }
        }
    }

    /// <summary>The result.</summary>
    public BacktestResult ToResult(CatalogueVersion catalogue) => new()
    {
        Catalogue = catalogue,
        Same = Show<Replayed.Same>(),
        Changed = Show<Replayed.Otherwise>(),
        NotReproduced = notReproduced.Show(),
        NoDecision = Show<Replayed.NoDecision>(),
        WithoutInputs = Show<Replayed.WithoutInputs>(),
        Erased = Show<Replayed.Erased>(),
        InputsMissing = Show<Replayed.InputsMissing>(),
        InputsChanged = Show<Replayed.InputsChanged>(),
        RecordChanged = Show<Replayed.RecordChanged>(),
        DeploymentUnknown = Show<Replayed.DeploymentUnknown>(),
        Changes = [.. changes.Select(static pair => pair.Key.Show(pair.Value.Show())).OrderByDescending(static change => change.Decisions.Count).ThenBy(static change => change.Decisions.Examples[0]).ThenBy(static change => change.Item?.Value, StringComparer.Ordinal)],
    };

    /// <summary>The items that differ; where none does, the decision as a whole.</summary>
    private static IEnumerable<ChangeKey> ChangesOf(LogEntry before, LogEntry after)
    {
        var items = before.Items.Zip(after.Items)
            .Select(static pair => (pair.First.Item, Before: OutcomeOf(pair.First), After: OutcomeOf(pair.Second)))
            .Where(static item => item.Before != item.After)
            .Select(item => ChangeKey.Of(before, item.Item, item.Before, item.After))
            .ToArray();
        return items.Length > 0 ? items : [ChangeKey.Of(before, null, OutcomeOf(before), OutcomeOf(after))];
    }

    private static BacktestOutcome OutcomeOf(LogItem item) => new()
    {
        Permitted = item.Reason is null,
        Rule = item.Rule,
        Reason = item.Reason,
        Prohibition = item.Prohibition,
        MissingCondition = item.MissingCondition,
        Details = Join(
        [
            .. item.Basis.Select(static basis => $"{basis.Statute} {basis.Section}"),
            .. item.Conditions.Select(static shown => $"{shown.Condition} by {shown.Source}"),
            .. item.Consents.Select(static consent => $"consent {consent.Form}"),
            .. item.Masked.Select(static element => $"without {element}"),
            .. item.Withheld.Select(static withheld => $"kept in some documents by {withheld.Prohibition?.Value ?? withheld.Reason.ToString()}"),
        ]),
    };

    /// <summary>Of an end only whether there is one: its instant differs from call to call.</summary>
    private static BacktestOutcome OutcomeOf(LogEntry entry) => new() { Details = Join([.. entry.Obligations, .. entry.HoldsUntil is null ? ImmutableArray<string>.Empty : ["ends"]]) };

    private static string? Join(ImmutableArray<string> details) => details.IsEmpty ? null : string.Join("; ", details);

    private static Tally TallyOf<TKey>(Dictionary<TKey, Tally> tallies, TKey key)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out var tally))
        {
            tallies[key] = tally = new Tally();
        }

        return tally;
    }

    private BacktestTally Show<T>() => shown.TryGetValue(typeof(T), out var tally) ? tally.Show() : new BacktestTally { Count = 0 };

    private sealed class Tally
    {
        private readonly List<long> examples = [];
        private long count;

        public void Add(long index)
        {
            count++;
            if (examples.Count < MostExamples)
            {
                examples.Add(index);
            }
        }

        public BacktestTally Show() => new() { Count = count, Examples = [.. examples] };
    }

    private sealed record ChangeKey(DataItemId? Item, (SectorId Sector, RoleId Role) From, (SectorId Sector, RoleId Role) To, Direction Direction, PurposeId? Purpose, BacktestOutcome Before, BacktestOutcome After)
    {
        public static ChangeKey Of(LogEntry entry, DataItemId? item, BacktestOutcome before, BacktestOutcome after) => new(
            item,
            (entry.From!.Sector!.Value, entry.From.Role!.Value),
            (entry.To!.Sector!.Value, entry.To.Role!.Value),
            entry.Direction!.Value,
            entry.Purpose,
            before,
            after);

        public BacktestChange Show(BacktestTally decisions) => new()
        {
            Item = Item,
            FromSector = From.Sector,
            FromRole = From.Role,
            ToSector = To.Sector,
            ToRole = To.Role,
            Direction = Direction,
            Purpose = Purpose,
            Before = Before,
            After = After,
            Decisions = decisions,
        };
    }
}
