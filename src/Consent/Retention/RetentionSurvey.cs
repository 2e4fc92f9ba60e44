// Counts what has served its time; changes nothing.
using Sisote.Consent.Keeping;
using Sisote.Consent.Retention.Beside;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention;

/// <summary>Goes through the log page by page, each page in a short view of the database, and counts.</summary>
internal sealed class RetentionSurvey(Database database, LogRetention terms, BesideSurvey beside, Deployment deployment, TimeProvider clock)
{
    internal const int PageLength = 2000;

    /// <summary>The report as of a day, for one organisation or for all.</summary>
    public async Task<RetentionReport> MakeAsync(DateOnly asOf, OrganisationId? only, CancellationToken cancellation)
    {
        var (size, judge) = await BeginAsync(asOf, cancellation);
        var tallies = new RetentionTallies(deployment);
        for (var first = 0L; first < size; first += PageLength)
        {
            await using var page = await database.ReadAsync(cancellation);
            foreach (var aged in await AgedEntry.ReadAsync(page, first, Math.Min(first + PageLength, size), judge.Before, cancellation))
            {
                if (only is not { } own || aged.Organisations.Contains(own))
                {
                    tallies.Add(aged, judge.Judge(aged));
                }
            }
        }

        var (erased, unaccounted) = await ErasedPlaces.CountAsync(database, size, cancellation);
        return tallies.ToReport(asOf, size) with { Erased = erased, Unaccounted = unaccounted, Beside = await beside.CountAsync(asOf, judge.Before, only, cancellation) };
    }

    private async Task<(long Size, RetentionJudge Judge)> BeginAsync(DateOnly asOf, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return ((await LogEdge.ReadAsync(session, cancellation)).Range.Size, new RetentionJudge(terms, asOf, await HoldStore.InForceAsync(session, clock.GetUtcNow(), cancellation)));
    }
}
