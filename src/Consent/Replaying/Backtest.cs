// Goes through the log and decides again.
using System.Runtime.CompilerServices;
using Sisote.Consent.Audit;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Replaying;

namespace Sisote.Consent.Replaying;

/// <summary>Replays the log by another catalogue, page by page, each page in a short view of the database, so that no write waits for it.</summary>
internal sealed class Backtest(Database database, ClientKeys keys)
{
    private const int PageLength = 500;

    /// <summary>Replays what the log held when it began; a line after each page, the result in the last.</summary>
    public async IAsyncEnumerable<BacktestLine> RunAsync(LegalCatalogue catalogue, DeploymentNarrowing? imposed, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var replayer = new Replayer(catalogue, imposed, keys);
        var tallies = new BacktestTallies();
        var (next, end) = await RangeAsync(since, cancellation);
        var (start, of) = (next, end - next);
        while (next < end)
        {
            var through = await ReplayPageAsync(replayer, tallies, next, end, cancellation);
            if (through < next)
            {
                throw new InvalidDataException("An entry is gone from the log."); // the answer then has no result; `log export` and `log verify` show which
            }

            next = through + 1;
            yield return new BacktestLine { Read = next - start, Of = of };
        }

        yield return new BacktestLine { Read = of, Of = of, Result = tallies.ToResult(catalogue.Version) };
    }

    /// <summary>Replays a page; the place of its last entry.</summary>
    private async Task<long> ReplayPageAsync(Replayer replayer, BacktestTallies tallies, long next, long end, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var page = (await session.QueryAsync(
            $"SELECT {LogTable.Columns} FROM log_entry WHERE leaf_index >= @next AND leaf_index < @end ORDER BY leaf_index LIMIT {PageLength}",
            LogTable.Read,
            cancellation,
            ("next", next),
            ("end", end))).ConvertAll(ReplayableEntry.Read);
        foreach (var version in page.Select(static read => read.Entry?.Deployment).OfType<DeploymentVersion>().Distinct().Where(replayer.Lacks))
        {
            replayer.Bring(version, await KeptNarrowings.FindAsync(session, version, cancellation));
        }

        var inputs = await InputStore.FindAsync(session, [.. page.Select(static read => read.Inputs).OfType<(Policy.Ids.ClientId, DisclosureLog.Tree.Digest)>().Distinct()], cancellation);
        foreach (var read in page)
        {
            tallies.Add(read.Logged.Index, replayer.Replay(read, read.Inputs is { } where ? inputs.GetValueOrDefault(where) : null));
        }

        return page.Count == 0 || page[^1].Logged.Index - next != page.Count - 1 ? -1 : page[^1].Logged.Index;
    }

    /// <summary>The places from the first entry that the log took in at an instant or later up to the log's end.</summary>
    private async Task<(long First, long End)> RangeAsync(DateTimeOffset? since, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var end = (await LogEdge.ReadAsync(session, cancellation)).Range.Size;
        return (since is { } from ? Math.Min(await LeafTimes.FirstExactlyAsync(session, CanonicalTime.Cut(from), cancellation), end) : 0, end);
    }
}
