// A condition of the catalogue, ready to be shown, and what showed it.
using Sisote.Policy.Catalogues;
using Sisote.Policy.Decisions;

namespace Sisote.Policy.Deciding;

/// <summary>What can show a condition.</summary>
internal enum ProofKind
{
    None,
    Relationship,
    Agreement,
    Attestation,
    System,
    Human,
    ClientFact,
    Clock,
    Consent,
    Mask,
    Stated,
}

/// <summary>What showed a condition; it becomes evidence only where an item is permitted, so that a denial leaves nothing behind.</summary>
internal readonly record struct Proof(ProofKind Kind, string? Reference = null)
{
    internal bool IsShown => Kind != ProofKind.None;

    internal static Proof When(bool holds, ProofKind kind) => holds ? new Proof(kind) : default;
}

/// <summary>A condition with the evidence that says the same in every decision.</summary>
internal sealed class KnownCondition(Condition condition)
{
    private static readonly string[] Words =
        [string.Empty, "relationship", "agreement", "attestation", "system", "human", "client-fact", "clock", "consent", "mask", "stated"];

    /// <summary>Evidence without a reference, by kind: made once, because every decision would say it in the same words.</summary>
    private readonly ConditionEvidence[] plain = [.. Words.Select(word => new ConditionEvidence { Condition = condition.Id, Source = word })];

    internal Condition Condition => condition;

    /// <summary>Whether it must be looked at anew for each item.</summary>
    internal bool DiffersByItem { get; } = condition.EvaluatedFrom.Any(static source =>
        source is EvidenceSource.InsideRoleScope or EvidenceSource.RecordedDecision or EvidenceSource.ConsentCovers or EvidenceSource.ConsentFound);

    /// <summary>Whether it follows from the consents; where none was found, that is the reason to give, not the condition.</summary>
    internal bool RestsOnConsent { get; } = condition.EvaluatedFrom.Any(static source =>
        source is EvidenceSource.ConsentCovers or EvidenceSource.ConsentFound);

    internal ConditionEvidence Evidence(Proof proof) => proof.Reference is null
        ? plain[(int)proof.Kind]
        : new ConditionEvidence { Condition = condition.Id, Source = Words[(int)proof.Kind], Reference = proof.Reference };
}
