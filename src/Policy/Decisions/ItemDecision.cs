// What happens to one requested item.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Decisions;

/// <summary>The outcome for one item: exactly one of <see cref="Permit"/> and <see cref="Deny"/>.</summary>
public abstract record ItemDecision
{
    private ItemDecision()
    {
    }

    /// <summary>The item decided on.</summary>
    public required DataItemId Item { get; init; }

    /// <summary>The item may go, less what <see cref="Masked"/> names.</summary>
    public sealed record Permit : ItemDecision
    {
        /// <summary>What it rests on; items that rest on the same share it.</summary>
        public required PermitGrounds Grounds { get; init; }

        /// <summary>FHIR elements of the item that must not leave (masks such as turvakielto), as <c>Type.path</c>.</summary>
        public ImmutableArray<string> Masked { get; init; } = [];

        /// <summary>The rule that carries it.</summary>
        public RuleId Rule => Grounds.Rule;

        /// <summary>Statute and section of the rule, in force at the moment of decision.</summary>
        public ImmutableArray<LegalBasisCitation> Basis => Grounds.Basis;

        /// <summary>The consents it rests on.</summary>
        public ImmutableArray<ConsentReference> Consents => Grounds.Consents;

        /// <summary>The conditions that held, each with what showed it.</summary>
        public ImmutableArray<ConditionEvidence> Conditions => Grounds.Conditions;
    }

    /// <summary>The item stays.</summary>
    public sealed record Deny : ItemDecision
    {
        /// <summary>Why, as a class.</summary>
        public required ReasonClass Reason { get; init; }

        /// <summary>The rule that came nearest, where one did.</summary>
        public RuleId? Rule { get; init; }

        /// <summary>The never rule or mask that closed it, where one did.</summary>
        public ProhibitionId? Prohibition { get; init; }

        /// <summary>The first condition that did not hold, where that was it.</summary>
        public ConditionId? Condition { get; init; }
    }
}
