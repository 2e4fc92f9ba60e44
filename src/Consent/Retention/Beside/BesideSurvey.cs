// Counts what has served its time beside the log; changes nothing.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Retention.Beside;

/// <summary>Counts by kind.</summary>
internal sealed class BesideSurvey(Database database, BesideStore store, TimeProvider clock)
{
    /// <summary>What is due and what is held as of a day, for one organisation or for all.</summary>
    public async Task<ImmutableArray<RetentionCount>> CountAsync(DateOnly asOf, DateTimeOffset before, OrganisationId? only, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var judge = await BesideJudge.ReadAsync(session, asOf, await HoldStore.InForceAsync(session, clock.GetUtcNow(), cancellation), cancellation);
        var counts = ImmutableArray.CreateBuilder<RetentionCount>();
        foreach (var kind in KeptBeside.Kinds)
        {
            var verdicts = (await store.EndedAsync(session, kind, before, cancellation))
                .Where(row => only is not { } own || row.Organisations.Contains(own))
                .Select(row => judge.Judge(row).Verdict).ToList();
            var count = new RetentionCount(kind, verdicts.LongCount(static verdict => verdict == RetentionVerdict.Due), verdicts.LongCount(static verdict => verdict == RetentionVerdict.Held));
            if (count is not { Due: 0, Held: 0 })
            {
                counts.Add(count);
            }
        }

        return counts.ToImmutable();
    }
}
