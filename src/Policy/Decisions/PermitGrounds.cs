// What a permit rests on.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Decisions;

/// <summary>Rule, statutes, consents and conditions of a permit. Most items of a request rest on the same, so they share one.</summary>
public sealed record PermitGrounds
{
    /// <summary>The rule that carries the item.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>Statute and section of the rule, in force at the moment of decision.</summary>
    public required ImmutableArray<LegalBasisCitation> Basis { get; init; }

    /// <summary>The consents it rests on.</summary>
    public required ImmutableArray<ConsentReference> Consents { get; init; }

    /// <summary>The conditions that held, each with what showed it.</summary>
    public required ImmutableArray<ConditionEvidence> Conditions { get; init; }
}
