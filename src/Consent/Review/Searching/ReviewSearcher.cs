// Finds entries of one organisation by codes, by client and by professional.
using System.Globalization;
using Sisote.Consent.Audit;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review.Searching;

/// <summary>Lists what matches a search, newest first. A page begins behind the place where the page before ended, so what is appended meanwhile moves nothing.</summary>
internal sealed class ReviewSearcher(LogSearch rows, ClientKeys keys)
{
    /// <summary>A page.</summary>
    public async Task<ReviewPage> FindAsync(Session session, OrganisationId viewer, ReviewSearch search, CancellationToken cancellation)
    {
        var conditions = await ConditionsAsync(session, viewer, search, cancellation);
        var before = search.Cursor is { } cursor ? long.Parse(cursor, NumberStyles.None, CultureInfo.InvariantCulture) : long.MaxValue;
        var found = await session.QueryAsync(
            $"SELECT {LogSearch.Columns} FROM log_entry e WHERE {conditions.Sql} AND e.leaf_index < @before ORDER BY e.leaf_index DESC LIMIT @limit",
            LogTable.Read,
            cancellation,
            [.. conditions.Parameters, ("before", before), ("limit", (long)search.Limit + 1)]);
        var page = found.Take(search.Limit).ToList();
        return new ReviewPage
        {
            Rows = [.. page.Select(logged => rows.Show(logged, viewer)).OfType<LogRow>()],
            Next = found.Count > search.Limit ? page[^1].Index.ToString(CultureInfo.InvariantCulture) : null,
            Counts = search.Counts ? await EntryCounts.ReadAsync(session, conditions, cancellation) : null,
        };
    }

    /// <summary>What is at fault in a search; null where nothing is.</summary>
    public static string? FaultIn(ReviewSearch search) => search switch
    {
        { Limit: < 1 or > 200 } => "limit",
        { Cursor: { } cursor } when !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _) => "cursor",
        { Outcome: { } outcome } when !LogFilter.IsOutcome(outcome) => "outcome", // both get into the record of who looked
        { Professional: { } person } when Hetu.IsIn(person.Value) => "professional",
        { ClientIdentifier: { } identifier } when !Hetu.TryParse(identifier, out _) => "clientIdentifier",
        _ => null,
    };

    /// <summary>The search as the log keeps it: codes, and of the client only that one was named.</summary>
    public static string RecordOf(ReviewSearch search)
    {
        var filter = new LogFilter { Since = search.Since, Until = search.Until, System = search.System, Item = search.Item, Rule = search.Rule, Outcome = search.Outcome, Kind = search.Kind };
        return $"search{filter.ToQuery()}{(search.Professional is { } person ? " person=" + person.Value : string.Empty)}{(search.ClientIdentifier is null ? string.Empty : " client=*")}";
    }

    /// <summary>Whom a search names.</summary>
    public ClientId? ClientOf(ReviewSearch search) => Hetu.TryParse(search.ClientIdentifier, out var identifier) ? keys.KeyOf(identifier) : null;

    private async Task<EntryConditions> ConditionsAsync(Session session, OrganisationId viewer, ReviewSearch search, CancellationToken cancellation)
    {
        var conditions = new EntryConditions(session.Dialect);
        conditions.Side(viewer);
        await conditions.TakenInAsync(session, search.Since, search.Until, cancellation);
        if (ClientOf(search) is { } client)
        {
            conditions.Client(await Identities.AllOfAsync(session, client, cancellation));
        }

        conditions.Person(search.Professional);
        conditions.System(search.System?.Value);
        conditions.Item(search.Item?.Value);
        conditions.Rule(search.Rule?.Value);
        conditions.Is("e.outcome", search.Outcome);
        if (search.Kind is { } kind)
        {
            conditions.Kind([kind]);
        }
        else
        {
            conditions.NoReadings();
        }

        return conditions;
    }
}
