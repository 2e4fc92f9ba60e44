// The address of the log page as a filter: what stands in it, and addresses that narrow or widen it.
using System.Globalization;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Portal.LogViews;

/// <summary>The filter of the log page as people set it: days instead of instants. It names systems, items and outcomes, never a person, so the address may stand in a note.</summary>
internal sealed record LogQuery
{
    /// <summary>The periods offered, in days.</summary>
    public static IReadOnlyList<int> Periods { get; } = [1, 7, 30, 365];

    /// <summary>How many days back. <value>7</value></summary>
    public int Days { get; init; } = 7;

    /// <summary>System on either side.</summary>
    public SystemId? System { get; init; }

    /// <summary>Item.</summary>
    public DataItemId? Item { get; init; }

    /// <summary>Rule.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>Outcome.</summary>
    public string? Outcome { get; init; }

    /// <summary>Kind of entry.</summary>
    public LogEntryKind? Kind { get; init; }

    /// <summary>Where to go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Reads an address; what is unknown in it is left out.</summary>
    public static LogQuery Read(IQueryCollection query)
    {
        var known = query.Where(static pair => pair.Key is "system" or "item" or "rule" or "outcome" or "kind" or "cursor");
        _ = LogFilter.TryRead(known, out var filter);
        return new LogQuery
        {
            Days = int.TryParse(query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Periods.Contains(days) ? days : 7,
            System = filter?.System,
            Item = filter?.Item,
            Rule = filter?.Rule,
            Outcome = filter?.Outcome,
            Kind = filter?.Kind,
            Cursor = filter?.Cursor,
        };
    }

    /// <summary>The filter for the consent service.</summary>
    public LogFilter ToFilter(DateTimeOffset now) => new() { Since = now.AddDays(-Days), System = System, Item = Item, Rule = Rule, Outcome = Outcome, Kind = Kind, Cursor = Cursor };

    /// <summary>The address of the page with this filter.</summary>
    public string Address => "/log" + QueryString.Create(Fields.Where(static pair => pair.Value is not null));

    /// <summary>What stands in the address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Fields =>
    [
        new("days", Days == 7 ? null : Days.ToString(CultureInfo.InvariantCulture)), new("system", System?.Value), new("item", Item?.Value), new("rule", Rule?.Value),
        new("outcome", Outcome), new("kind", Kind is { } kind ? LogFilter.KindText(kind) : null), new("cursor", Cursor),
    ];
}
