// Indicators: what is counted, by whom, and the figures that may be said.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Network;

/// <summary>One way in which persons are counted apart.</summary>
public sealed record IndicatorDimension
{
    /// <summary>A code, for example <c>municipality</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required LocalisedText Name { get; init; }

    /// <summary>Its values, codes, each once. Everybody who is counted belongs to exactly one.</summary>
    public required ImmutableArray<string> Codes { get; init; }
}

/// <summary>
/// Figures that are counted from this installation's own log: clients of whom something went, under one of these rules, from the organisation that owns the indicator to each organisation that the one
/// dimension names, or to it from each of them.
/// </summary>
public sealed record IndicatorFromLog
{
    /// <summary><c>disclosures</c> (data that were read) or <c>entries</c> (data that were sent and taken).</summary>
    public required string Events { get; init; }

    /// <summary>Rules under which they went.</summary>
    public required ImmutableArray<RuleId> Rules { get; init; }

    /// <summary>Whom the dimension names: <c>recipients</c> or <c>givers</c>.</summary>
    public required string Of { get; init; }
}

/// <summary>Defines an indicator, or a new version of one: <c>PUT /network/indicators/{id}</c>. The organisation of the caller owns it. What reads like the newest version makes no new one.</summary>
public sealed record DefineIndicator
{
    /// <summary>A code, for good.</summary>
    public required string Id { get; init; }

    /// <summary>Name, at most 200 characters in each language.</summary>
    public required LocalisedText Name { get; init; }

    /// <summary>Who is counted, at most 1000 characters in each language.</summary>
    public required LocalisedText Meaning { get; init; }

    /// <summary>At most three; none = one figure.</summary>
    public ImmutableArray<IndicatorDimension> Dimensions { get; init; } = [];

    /// <summary>The first month (<c>2026-10</c>) that this version counts.</summary>
    public required string ValidFrom { get; init; }

    /// <summary>Organisations that deliver counts; empty where they are counted from the log.</summary>
    public ImmutableArray<OrganisationId> Sources { get; init; } = [];

    /// <summary>How they are counted from the log; null where organisations deliver them.</summary>
    public IndicatorFromLog? FromLog { get; init; }
}

/// <summary>One version of a definition. Versions are never changed.</summary>
public sealed record IndicatorVersion
{
    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>The organisation that owns it.</summary>
    public required OrganisationId Owner { get; init; }

    /// <summary>What is counted: <c>persons</c>, each once in a month by each who counts. With figures of a year <c>person-months</c>: the sum of its months.</summary>
    public required string Unit { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The definition.</summary>
    public required DefineIndicator Definition { get; init; }
}

/// <summary>An indicator. <c>GET /network/indicators</c> has all, <c>GET /network/indicators/{id}</c> one.</summary>
public sealed record IndicatorShown
{
    /// <summary>Its code.</summary>
    public required string Id { get; init; }

    /// <summary>The organisation that owns it.</summary>
    public required OrganisationId Owner { get; init; }

    /// <summary>All versions, newest first.</summary>
    public required ImmutableArray<IndicatorVersion> Versions { get; init; }

    /// <summary>Months and years that are published, oldest first.</summary>
    public required ImmutableArray<string> Published { get; init; }
}

/// <summary>The indicators there are.</summary>
/// <param name="Indicators">By id.</param>
/// <param name="More">Whether there are more organisations than one answer is made from: ask for one.</param>
public sealed record IndicatorList(ImmutableArray<IndicatorShown> Indicators, bool More = false);

/// <summary>How many persons there are in one cell.</summary>
public sealed record IndicatorCount
{
    /// <summary>A code for each dimension, in their order.</summary>
    public required ImmutableArray<string> Codes { get; init; }

    /// <summary>How many persons, 0 or more.</summary>
    public required long Persons { get; init; }
}

/// <summary>
/// The counts of one organisation for a month: <c>POST /network/indicators/{id}/counts</c>. A cell that is left out counts nobody. Until the month is published a delivery takes the place of the one before.
/// </summary>
/// <remarks>There is no place in it for a person, and none for text.</remarks>
public sealed record DeliverCounts
{
    /// <summary>The month, <c>2026-10</c>.</summary>
    public required string Month { get; init; }

    /// <summary>The counts.</summary>
    public required ImmutableArray<IndicatorCount> Counts { get; init; }
}

/// <summary>Publishes a month or a year that is over, once and for good: <c>POST /network/indicators/{id}/publications</c> (owner).</summary>
public sealed record PublishFigures
{
    /// <summary>A month (<c>2026-10</c>), or a year (<c>2026</c>) of which every month is published.</summary>
    public required string Period { get; init; }
}

/// <summary>Figures of a published period. <c>GET /network/indicators/{id}/figures?period=2026-10&amp;by=municipality</c></summary>
public sealed record IndicatorFigures
{
    /// <summary>The indicator.</summary>
    public required string Id { get; init; }

    /// <summary>The month or year.</summary>
    public required string Period { get; init; }

    /// <summary>The definition that counted.</summary>
    public required IndicatorVersion Definition { get; init; }

    /// <summary>When they were published; they do not change.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Organisations whose counts are in them.</summary>
    public required ImmutableArray<OrganisationId> Sources { get; init; }

    /// <summary>The smallest figure of persons that is said.</summary>
    public required int Smallest { get; init; }

    /// <summary>What a hidden figure means.</summary>
    public required LocalisedText Hidden { get; init; }

    /// <summary>The figures.</summary>
    public required ImmutableArray<IndicatorFigure> Figures { get; init; }
}

/// <summary>One figure.</summary>
public sealed record IndicatorFigure
{
    /// <summary>The code of each dimension that was asked for; a dimension that is not there is summed over.</summary>
    public required ImmutableSortedDictionary<string, string> Cell { get; init; }

    /// <summary>How many persons, of a year person-months; null where it is hidden.</summary>
    public long? Persons { get; init; }

    /// <summary>The figure in words: the number, or <c>under 5 or hidden with it</c>.</summary>
    public required string Shown { get; init; }
}
