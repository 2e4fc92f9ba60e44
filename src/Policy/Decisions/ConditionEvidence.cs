// What showed that a condition held.
using Sisote.Policy.Ids;

namespace Sisote.Policy.Decisions;

/// <summary>A condition that held and what showed it: enough to look the evidence up, never personal data.</summary>
public sealed record ConditionEvidence
{
    /// <summary>The condition.</summary>
    public required ConditionId Condition { get; init; }

    /// <summary>relationship, agreement, attestation, system, human, client-fact, clock, consent or mask.</summary>
    public required string Source { get; init; }

    /// <summary>Identifier of the relationship or agreement, or the reference that was stated.</summary>
    public string? Reference { get; init; }
}
