// Counts verdicts by what people ask for.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Deciding;
using Sisote.Policy.Deployments;

namespace Sisote.Consent.Retention;

/// <summary>Tallies in memory that grows with organisations, sectors and years, not with the log.</summary>
internal sealed class RetentionTallies(Deployment deployment)
{
    private const string Unknown = "unknown";

    private readonly Dictionary<RetentionVerdict, long> verdicts = [];
    private readonly SortedSet<string> unset = new(StringComparer.Ordinal);
    private readonly Counts periods = new();
    private readonly Counts organisations = new();
    private readonly Counts sectors = new();
    private readonly Counts years = new();

    /// <summary>Counts one entry.</summary>
    public void Add(AgedEntry aged, (RetentionVerdict Verdict, string? Period) judged)
    {
        verdicts[judged.Verdict] = verdicts.GetValueOrDefault(judged.Verdict) + 1;
        if (judged.Verdict == RetentionVerdict.Unset)
        {
            unset.UnionWith(aged.Organisations.Where(organisation => deployment.FindOrganisation(organisation)?.LogYears is null).Select(static organisation => organisation.Value));
        }

        if (judged is ({ } verdict and (RetentionVerdict.Due or RetentionVerdict.Held), { } period))
        {
            var held = verdict == RetentionVerdict.Held;
            periods.Add([period], held);
            organisations.Add(aged.Organisations.Select(static organisation => organisation.Value), held);
            sectors.Add(new[] { SectorOf(aged.Entry?.From), SectorOf(aged.Entry?.To) }.Distinct(), held);
            years.Add([FinnishTime.DateOf(aged.Happened).Year.ToString(CultureInfo.InvariantCulture)], held);
        }
    }

    /// <summary>The report; what was erased before is not counted here.</summary>
    public RetentionReport ToReport(DateOnly asOf, long size) => new()
    {
        AsOf = asOf,
        Size = size,
        Due = verdicts.GetValueOrDefault(RetentionVerdict.Due),
        Held = verdicts.GetValueOrDefault(RetentionVerdict.Held),
        Unset = verdicts.GetValueOrDefault(RetentionVerdict.Unset),
        UnsetOrganisations = [.. unset],
        Kept = verdicts.GetValueOrDefault(RetentionVerdict.Kept),
        Changed = verdicts.GetValueOrDefault(RetentionVerdict.Changed),
        Erased = 0,
        Unaccounted = 0,
        Periods = periods.Show(),
        Organisations = organisations.Show(),
        Sectors = sectors.Show(),
        Years = years.Show(),
    };

    private static string SectorOf(LogParty? party) => party?.Sector?.Value ?? Unknown;

    private sealed class Counts
    {
        private readonly SortedDictionary<string, (long Due, long Held)> counts = new(StringComparer.Ordinal);

        public void Add(IEnumerable<string> values, bool held)
        {
            foreach (var value in values)
            {
                var (due, kept) = counts.GetValueOrDefault(value);
                counts[value] = held ? (due, kept + 1) : (due + 1, kept);
            }
        }

        public ImmutableArray<RetentionCount> Show() => [.. counts.Select(static pair => new RetentionCount(pair.Key, pair.Value.Due, pair.Value.Held))];
    }
}
