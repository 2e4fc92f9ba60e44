// One case on paper: facts inline, no database.
using System.Collections.Immutable;
using Sisote.Policy.Deciding;
using Sisote.Policy.Decisions;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Policy.Cases;

/// <summary>A decision case as lawyers write it: a request, the client, the facts and consents, and perhaps the answer they expect.</summary>
public sealed record DecisionCase
{
    /// <summary>Identifier of the case.</summary>
    public required string Id { get; init; }

    /// <summary>The moment of decision.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The request.</summary>
    public required AccessRequest Request { get; init; }

    /// <summary>The items as the case writes them, in the order of the request.</summary>
    public required ImmutableArray<string> ItemNames { get; init; }

    /// <summary>Consents and facts about the client.</summary>
    public required ConsentState State { get; init; }

    /// <summary>Ids of rules and prohibitions under test.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>The partner case, where this is one of a pair.</summary>
    public string? PairOf { get; init; }

    /// <summary>What the author expects; null = nothing said.</summary>
    public CaseExpectation? Expect { get; init; }

    /// <summary>Fields that the format does not know.</summary>
    public ImmutableArray<string> UnknownFields { get; init; } = [];

    internal StatedConditions Stated { get; init; } = new([]);
}

/// <summary>The answer that the author of a case expects.</summary>
public sealed record CaseExpectation
{
    /// <summary>permit, partial or deny.</summary>
    public string? Decision { get; init; }

    /// <summary>permit or deny by item.</summary>
    public ImmutableSortedDictionary<string, string> Items { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Rules that may carry a permit; empty = any.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Classes of reason accepted by denied item.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<ReasonClass>> Reasons { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<ReasonClass>>.Empty;

    /// <summary>Obligations that must be among those of the decision.</summary>
    public ImmutableArray<string> Obligations { get; init; } = [];

    /// <summary>Items for which a permit is right too if the contact data are masked.</summary>
    public ImmutableArray<string> AcceptMasked { get; init; } = [];
}
