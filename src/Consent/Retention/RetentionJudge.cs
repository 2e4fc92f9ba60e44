// Says of an entry whether its time has ended.
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Deciding;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention;

/// <summary>Judges entries as of one day and under some holds. Pure: the same entry gets the same verdict in a report, in the bundle before erasing, and in the transaction that erases.</summary>
internal sealed class RetentionJudge(LogRetention terms, DateOnly asOf, IReadOnlyCollection<Hold> holds)
{
    // A consent's time is counted from the client's death (703/2023, annex), which is not on record here; an agreement names no client; what tells of erasures and holds explains the gaps.
    private static readonly LogEntryKind[] NotFromTheEvent = [LogEntryKind.ConsentChange, LogEntryKind.AgreementChange, LogEntryKind.Erasure, LogEntryKind.HoldChange];

    /// <summary>An entry that the log took in at this instant or later cannot be due, and is not worth reading.</summary>
    public DateTimeOffset Before => terms.FewestYears is { } years && asOf.Year > years + 1 ? FinnishTime.StartOf(asOf.AddYears(-years).AddDays(1)) : DateTimeOffset.MinValue;

    /// <summary>The verdict, and the catalogue's period where its time has ended by one.</summary>
    public (RetentionVerdict Verdict, string? Period) Judge(AgedEntry aged)
    {
        if (aged.Entry is not { } entry)
        {
            return (RetentionVerdict.Changed, null);
        }

        if (NotFromTheEvent.Contains(entry.Kind))
        {
            return (RetentionVerdict.Kept, null);
        }

        var happened = FinnishTime.DateOf(aged.Happened);
        return terms.TermOf(EndOf(entry.From), EndOf(entry.To)) switch
        {
            RetentionTerm.Years years when years.LastDay(happened) >= asOf => (RetentionVerdict.Later, null),
            RetentionTerm.Years years => (holds.Any(hold => hold.Covers(aged.Index, entry, aged.Sides)) ? RetentionVerdict.Held : RetentionVerdict.Due, years.Period),
            RetentionTerm.Unset { Period: { } period } unset => (new RetentionTerm.Years(period, unset.AtLeast).LastDay(happened) >= asOf ? RetentionVerdict.Later : RetentionVerdict.Unset, null),
            _ => (RetentionVerdict.Unset, null),
        };
    }

    private static RetentionEnd EndOf(LogParty? party) => new(party?.Sector, party?.Organisation);
}
