// Which entries of the log: pieces of SQL with their parameters.
using System.Text;
using Sisote.Consent.Review;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Audit;

/// <summary>Conditions on rows of <c>log_entry e</c>, all of which must hold. Only fixed pieces of SQL are joined; values are parameters.</summary>
internal sealed class EntryConditions(Dialect dialect)
{
    /// <summary>Places of the log that one command of the database looks at, where it searches records.</summary>
    public const int Window = 5000;

    private readonly List<string> pieces = ["e.record IS NOT NULL"];
    private readonly List<(string Name, object? Value)> parameters = [];

    private bool hasSide;

    /// <summary>The whole condition.</summary>
    public string Sql => string.Join(" AND ", pieces);

    /// <summary>The first place that can meet it.</summary>
    public long First { get; private set; }

    /// <summary>The place after the last that can.</summary>
    public long End { get; private set; } = long.MaxValue;

    /// <summary>Whether bytes of records are searched, for which there is no index: then the database is asked window by window.</summary>
    public bool SearchesRecords { get; private set; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<(string Name, object? Value)> Parameters => parameters;

    /// <summary>An organisation is a side of it.</summary>
    public void Side(OrganisationId organisation)
    {
        pieces.Add(LogSearch.OwnSide);
        parameters.Add(("organisation", organisation.Value));
        hasSide = true;
    }

    /// <summary>The log took it in within a period. A margin around the places in the log keeps the search short; the times themselves decide.</summary>
    public async Task TakenInAsync(Session session, DateTimeOffset? from, DateTimeOffset? before, CancellationToken cancellation)
    {
        if (from is { } first)
        {
            First = await LeafTimes.FirstPlaceAsync(session, first, cancellation);
            pieces.Add("e.leaf_index >= @first_index AND e.leaf_time >= @first_time");
            parameters.Add(("first_index", First));
            parameters.Add(("first_time", first.Column()));
        }

        if (before is { } end)
        {
            End = await LeafTimes.EndPlaceAsync(session, end, cancellation);
            pieces.Add("e.leaf_index < @end_index AND e.leaf_time < @end_time");
            parameters.Add(("end_index", End));
            parameters.Add(("end_time", end.Column()));
        }
    }

    /// <summary>It concerns one of these clients.</summary>
    public void Client(IEnumerable<ClientId> clients) => Among("e.client", clients.Select(static client => client.Reveal()));

    /// <summary>It is of one of these kinds.</summary>
    public void Kind(IEnumerable<LogEntryKind> kinds) => Among("e.kind", kinds.Select(LogFilter.KindText));

    /// <summary>A column has this value; nothing where the value is null.</summary>
    public void Is(string column, string? value)
    {
        if (value is not null)
        {
            pieces.Add($"{column} = @{Next(value)}");
        }
    }

    /// <summary>A system is on either side.</summary>
    public void System(string? system)
    {
        if (system is not null)
        {
            var name = Next(system);
            pieces.Add($"(e.from_system = @{name} OR e.to_system = @{name})");
        }
    }

    /// <summary>An item is among its items.</summary>
    public void Item(string? item)
    {
        if (item is not null)
        {
            pieces.Add($"e.leaf_index IN (SELECT leaf_index FROM log_item WHERE item = @{Next(item)})");
        }
    }

    /// <summary>One of its items went or stayed by a rule; for a side, as far as it may know the rule.</summary>
    public void Rule(string? rule)
    {
        if (rule is not null)
        {
            pieces.Add($"e.leaf_index IN (SELECT i.leaf_index FROM log_item i WHERE i.rule = @{Next(rule)}{(hasSide ? " AND " + LogSearch.RuleSeen : string.Empty)})");
        }
    }

    /// <summary>One of these texts stands in the record as a whole string, or it concerns one of these clients.</summary>
    public void Holds(IEnumerable<string> texts, IEnumerable<ClientId>? orClients = null)
    {
        var any = texts.Select(text => dialect.Holds("e.record", Next(Encoding.UTF8.GetBytes($"\"{text}\""))))
            .Concat((orClients ?? []).Select(client => $"e.client = @{Next(client.Reveal())}"));
        pieces.Add($"({string.Join(" OR ", any)})");
        SearchesRecords = true;
    }

    /// <summary>A professional stands on one of its sides. The record is canonical, so its bytes are searched and nothing more has to be kept or indexed for it.</summary>
    public void Person(ProfessionalId? person)
    {
        if (person is { } named)
        {
            pieces.Add(dialect.Holds("e.record", Next(Encoding.UTF8.GetBytes($"\"professional\":\"{named.Value}\""))));
            SearchesRecords = true;
        }
    }

    /// <summary>The lowest place that one command looks at, going down from a place.</summary>
    public long FloorBelow(long highest) => SearchesRecords ? Math.Max(First, highest - Window + 1) : First;

    /// <summary>It is not a look into the log.</summary>
    public void NoReadings() => pieces.Add("e.kind <> 'log-read'");

    private void Among(string column, IEnumerable<string> values) => pieces.Add(dialect.IsAmong(column, Next(dialect.Values(values))));

    private string Next(object value)
    {
        var name = $"value{parameters.Count}";
        parameters.Add((name, value));
        return name;
    }
}
