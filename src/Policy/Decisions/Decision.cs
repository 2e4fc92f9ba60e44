// The answer of the decision point.
using System.Collections.Immutable;
using Sisote.Policy.Catalogues;

namespace Sisote.Policy.Decisions;

/// <summary>The answer: one outcome per requested item, the obligations, and until when it holds.</summary>
public sealed record Decision
{
    /// <summary>One outcome per requested item, in the order of the request.</summary>
    public required ImmutableArray<ItemDecision> Items { get; init; }

    /// <summary>What the discloser or recipient must do, as codes (for example <c>inform-guardian</c>).</summary>
    public ImmutableArray<string> Obligations { get; init; } = [];

    /// <summary>The last instant at which this decision may still be recorded: the earliest end of anything it relied on; null = no end known.</summary>
    public DateTimeOffset? HoldsUntil { get; init; }

    /// <summary>The catalogue that decided.</summary>
    public required CatalogueVersion Catalogue { get; init; }

    /// <summary>The permitted items.</summary>
    public IEnumerable<ItemDecision.Permit> Permits => Items.OfType<ItemDecision.Permit>();

    /// <summary>The denied items.</summary>
    public IEnumerable<ItemDecision.Deny> Denials => Items.OfType<ItemDecision.Deny>();

    /// <summary>Whether every item is permitted and there is at least one.</summary>
    public bool PermitsAll => Items.Length > 0 && Items.All(static item => item is ItemDecision.Permit);

    /// <summary>Whether no item is permitted.</summary>
    public bool DeniesAll => Items.All(static item => item is ItemDecision.Deny);
}
