// A page of the disclosure log as a data-protection officer sees it.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Doors.Consent;

/// <summary>
/// Entries where the officer's organisation is a side, newest first, with counts. <c>GET /log?</c> and the parameters of <see cref="LogFilter"/>
/// (person token, kind data-protection-officer). Looking is itself an entry.
/// </summary>
/// <remarks>Entries of kind <c>log-read</c> are left out unless asked for by kind.</remarks>
public sealed record LogPage
{
    /// <summary>The rows.</summary>
    public required ImmutableArray<LogRow> Rows { get; init; }

    /// <summary>Value of <see cref="LogFilter.Cursor"/> for the next page; null on the last.</summary>
    public string? Next { get; init; }

    /// <summary>How many entries the filter matches over all pages.</summary>
    public required long Total { get; init; }

    /// <summary>Counts over all pages, for narrowing further.</summary>
    public required LogFacets Facets { get; init; }
}

/// <summary>One entry in a list.</summary>
public sealed record LogRow
{
    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>Identifier of the entry.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Kind.</summary>
    public required LogEntryKind Kind { get; init; }

    /// <summary>A short mark that is the same for the same client within this organisation's view and says nothing else; null where no client is concerned.</summary>
    public string? ClientMark { get; init; }

    /// <summary>Who held and disclosed.</summary>
    public LogParty? From { get; init; }

    /// <summary>Who received or would have.</summary>
    public LogParty? To { get; init; }

    /// <summary>Which way.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Purpose of use.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>The items with rule, basis, consents and reason.</summary>
    public ImmutableArray<LogItem> Items { get; init; } = [];

    /// <summary>Outcome.</summary>
    public required string Outcome { get; init; }

    /// <summary>Consent, relationship, agreement or entry concerned.</summary>
    public string? Concerns { get; init; }

    /// <summary>Correlation id of the call.</summary>
    public required string CorrelationId { get; init; }
}

/// <summary>How many of the matching entries have each value, most frequent first.</summary>
public sealed record LogFacets
{
    /// <summary>By system on either side.</summary>
    public required ImmutableArray<FacetCount> Systems { get; init; }

    /// <summary>By item.</summary>
    public required ImmutableArray<FacetCount> Items { get; init; }

    /// <summary>By rule.</summary>
    public required ImmutableArray<FacetCount> Rules { get; init; }

    /// <summary>By outcome.</summary>
    public required ImmutableArray<FacetCount> Outcomes { get; init; }

    /// <summary>By kind.</summary>
    public required ImmutableArray<FacetCount> Kinds { get; init; }
}

/// <summary>A value and how many entries have it.</summary>
/// <param name="Value">The code.</param>
/// <param name="Count">Entries.</param>
public sealed record FacetCount(string Value, long Count);
