// What a data-protection officer asks of the log, and the page that answers.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent.Reviewing;

/// <summary>A search over entries where the officer's organisation is a side: all that is named must match. <c>POST /review/search</c> (data-protection officer)</summary>
/// <remarks>In a body and not in an address, because a client or a professional may be named. Entries of kind <c>log-read</c> are left out unless asked for by kind. Searching is itself an entry.</remarks>
public sealed record ReviewSearch
{
    /// <summary>What the log took in at this instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What the log took in before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The client's national identifier.</summary>
    public string? ClientIdentifier { get; init; }

    /// <summary>A professional on either side.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>System on either side.</summary>
    public SystemId? System { get; init; }

    /// <summary>Item, released or withheld.</summary>
    public DataItemId? Item { get; init; }

    /// <summary>Rule.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>Outcome.</summary>
    public string? Outcome { get; init; }

    /// <summary>Kind of entry.</summary>
    public LogEntryKind? Kind { get; init; }

    /// <summary>Where to go on, from <see cref="ReviewPage.Next"/>.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows on a page. <value>50; at most 200.</value></summary>
    public int Limit { get; init; } = 50;

    /// <summary>Whether facets and histogram are wanted, too: asked once, with the first page.</summary>
    public bool Counts { get; init; }
}

/// <summary>Entries, newest first.</summary>
public sealed record ReviewPage
{
    /// <summary>The rows.</summary>
    public required ImmutableArray<LogRow> Rows { get; init; }

    /// <summary>Value of <see cref="ReviewSearch.Cursor"/> for the next page; null on the last.</summary>
    public string? Next { get; init; }

    /// <summary>Facets and histogram, where they were asked for.</summary>
    public ReviewCounts? Counts { get; init; }
}

/// <summary>Facets and a histogram over what matches: the newest entries up to a bound, so that no question takes long however long the log.</summary>
public sealed record ReviewCounts
{
    /// <summary>The most entries that are counted.</summary>
    public const int Most = 100_000;

    /// <summary>Entries counted.</summary>
    public required long Entries { get; init; }

    /// <summary>Whether that is all that match; false = older ones match, too, and were not counted.</summary>
    public required bool Complete { get; init; }

    /// <summary>By kind.</summary>
    public required ImmutableArray<FacetCount> Kinds { get; init; }

    /// <summary>By outcome.</summary>
    public required ImmutableArray<FacetCount> Outcomes { get; init; }

    /// <summary>By system on either side.</summary>
    public required ImmutableArray<FacetCount> Systems { get; init; }

    /// <summary>By organisation on either side.</summary>
    public required ImmutableArray<FacetCount> Organisations { get; init; }

    /// <summary>By item.</summary>
    public required ImmutableArray<FacetCount> Items { get; init; }

    /// <summary>By rule.</summary>
    public required ImmutableArray<FacetCount> Rules { get; init; }

    /// <summary><c>hour</c>, <c>day</c> or <c>month</c> of Finnish time, whichever fits the stretch of time.</summary>
    public required string Step { get; init; }

    /// <summary>The bars, oldest first; steps without entries are left out.</summary>
    public required ImmutableArray<HistogramBar> Histogram { get; init; }
}

/// <summary>Entries that the log took in within one step of the histogram.</summary>
/// <param name="From">When the step begins.</param>
/// <param name="Entries">Entries.</param>
/// <param name="Refusals">Those of them in which nothing went.</param>
public sealed record HistogramBar(DateTimeOffset From, long Entries, long Refusals);
