// Phenomena that people of the field see, without persons.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Network;

/// <summary>Reports a phenomenon: <c>PUT /network/phenomena/{id}</c> with a fresh identifier of the report. What was reported is found under it, and under that of the phenomenon which it was taken to.</summary>
public sealed record ReportPhenomenon
{
    /// <summary>What it is about, for example <c>sleep</c>; docs/indicators.md lists the codes.</summary>
    public required string Category { get; init; }

    /// <summary>A grade or age group, for example <c>grade-9</c>; docs/indicators.md lists the codes.</summary>
    public required string Group { get; init; }

    /// <summary>The area, as a code: a municipality, for example <c>kuopio</c>.</summary>
    public required string Area { get; init; }

    /// <summary>What was seen, 1 to 500 characters, about nobody in particular.</summary>
    public required string Text { get; init; }
}

/// <summary>
/// A group is asked about a phenomenon: <c>POST /network/phenomena/{id}/escalations</c>, by an organisation that reported it, then, to a group of a higher level, by the one that convenes the group that
/// has it.
/// </summary>
public sealed record EscalatePhenomenon
{
    /// <summary>A group of the registry (<c>GET /network/groups</c>). The systems of the organisation that convenes it put its answer on record.</summary>
    public required string Group { get; init; }
}

/// <summary>What a group decided: <c>POST /network/phenomena/{id}/answers</c>, by the organisation that convenes the group that has it.</summary>
public sealed record AnswerPhenomenon
{
    /// <summary>The answer, 1 to 500 characters, about nobody in particular.</summary>
    public required string Text { get; init; }
}

/// <summary>Phenomena, newest first. <c>GET /network/phenomena</c> at the gateway, and with <c>?own=true</c> those that the caller's organisation reported.</summary>
/// <param name="Phenomena">The phenomena.</param>
/// <param name="More">Whether there are more organisations than one answer is made from: ask for one.</param>
public sealed record PhenomenonList(ImmutableArray<PhenomenonShown> Phenomena, bool More = false);

/// <summary>Phenomena with whose each text is, so that the gateway leaves out what an organisation may not give. <c>GET /network/phenomena</c> at the consent room (gateway).</summary>
/// <param name="Phenomena">The phenomena.</param>
public sealed record PhenomenonRows(ImmutableArray<PhenomenonRow> Phenomena);

/// <summary>A phenomenon as it is kept.</summary>
/// <remarks>It never leaves the gateway: <see cref="PhenomenonShown"/> has no writers.</remarks>
public sealed record PhenomenonRow
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required string Category { get; init; }

    /// <summary>Grade or age group.</summary>
    public required string Group { get; init; }

    /// <summary>The area.</summary>
    public required string Area { get; init; }

    /// <summary>The reports, oldest first.</summary>
    public required ImmutableArray<PhenomenonReport> Reports { get; init; }

    /// <summary>Which groups it went to and what they answered, oldest first.</summary>
    public required ImmutableArray<PhenomenonStep> Steps { get; init; }
}

/// <summary>One report.</summary>
/// <param name="By">The organisation that reported.</param>
/// <param name="At">When.</param>
/// <param name="Text">What it saw.</param>
public sealed record PhenomenonReport(OrganisationId By, DateTimeOffset At, string Text);

/// <summary>Reports of the same category, group and area, taken together until they are answered.</summary>
public sealed record PhenomenonShown
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required string Category { get; init; }

    /// <summary>Grade or age group.</summary>
    public required string Group { get; init; }

    /// <summary>The area.</summary>
    public required string Area { get; init; }

    /// <summary>reported, escalated or answered.</summary>
    public required string State { get; init; }

    /// <summary>The organisation that reported it first, of those that may give it to the caller.</summary>
    public required OrganisationId From { get; init; }

    /// <summary>How many reports; they are no persons.</summary>
    public required int Reports { get; init; }

    /// <summary>From how many organisations.</summary>
    public required int Sources { get; init; }

    /// <summary>When the first came.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The texts, oldest first, without their writers.</summary>
    public required ImmutableArray<string> Texts { get; init; }

    /// <summary>Which groups it went to and what they answered, oldest first.</summary>
    public required ImmutableArray<PhenomenonStep> Steps { get; init; }
}

/// <summary>It went to a group, or the group answered.</summary>
public sealed record PhenomenonStep
{
    /// <summary>escalated or answered.</summary>
    public required string Kind { get; init; }

    /// <summary>The group.</summary>
    public required string Group { get; init; }

    /// <summary>The organisation that did it.</summary>
    public required OrganisationId By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The answer; null where it went to a group.</summary>
    public string? Text { get; init; }
}

/// <summary>A place in a text that reads like something about a person.</summary>
/// <param name="Start">From which character, 0 the first.</param>
/// <param name="Length">How many.</param>
/// <param name="Kind"><c>identity-code</c>, <c>phone</c>, <c>mail</c>, <c>address</c> or <c>name</c>.</param>
public sealed record TextMark(int Start, int Length, string Kind);
