// A circumstance that a rule asks for, with what may show it.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Catalogues;

/// <summary>A condition of the vocabulary. It holds when any one of its sources shows it; with no source nobody can evaluate it yet and it never holds.</summary>
public sealed record Condition
{
    /// <summary>Code.</summary>
    public required ConditionId Id { get; init; }

    /// <summary>What it means, for people.</summary>
    public required LocalisedText Labels { get; init; }

    /// <summary>fact, attestation, system-check or human.</summary>
    public required string Type { get; init; }

    /// <summary>law or policy: whether a statute asks for it or the house's own stricter line.</summary>
    public string Strength { get; init; } = "law";

    /// <summary>What may show that it holds; any one is enough.</summary>
    public required ImmutableArray<EvidenceSource> EvaluatedFrom { get; init; }

    /// <summary>Reasons from which a professional chooses who records a decision on it; empty where no decision is recorded.</summary>
    public ImmutableArray<DecisionReason> Reasons { get; init; } = [];

    /// <summary>Whether a professional of the giver may record a decision that shows it.</summary>
    public bool IsDecided => EvaluatedFrom.Any(static source => source is EvidenceSource.RecordedDecision);
}

/// <summary>One way in which a condition is shown to hold.</summary>
public abstract record EvidenceSource
{
    private EvidenceSource()
    {
    }

    /// <summary>The directions in which this source counts; empty = all.</summary>
    public ImmutableArray<Direction> Directions { get; init; } = [];

    /// <summary>An active relationship of one of these kinds on record.</summary>
    public sealed record RecordedRelationship(ImmutableArray<string> Kinds, RelationshipEnds Between, int GraceDays) : EvidenceSource;

    /// <summary>A decision on this condition that a named professional of the giver recorded for these very items, recipient and purpose.</summary>
    public sealed record RecordedDecision : EvidenceSource;

    /// <summary>An agreement of this kind in force between the two organisations, with the rule among its flows.</summary>
    public sealed record InForceAgreement(string Kind) : EvidenceSource;

    /// <summary>A statement in the call, with a reference.</summary>
    public sealed record Statement(StatementBy By) : EvidenceSource;

    /// <summary>The call moves by one of these channels.</summary>
    public sealed record ByChannel(ImmutableArray<Channel> Channels) : EvidenceSource;

    /// <summary>The client is younger than this, or at least this old.</summary>
    public sealed record Age(int Years, bool Below) : EvidenceSource;

    /// <summary>Compulsory education continues (true) or has ended (false).</summary>
    public sealed record CompulsoryEducation(bool Continues) : EvidenceSource;

    /// <summary>The client studies in one of these school forms.</summary>
    public sealed record SchoolForm(ImmutableArray<string> Forms) : EvidenceSource;

    /// <summary>The client is of age, or a professional recorded who decides for the minor in this matter.</summary>
    public sealed record CapacityRecorded : EvidenceSource;

    /// <summary>The consent that carries the items also covers this item.</summary>
    public sealed record ConsentCovers(DataItemId Item) : EvidenceSource;

    /// <summary>The consents that the rule asks for are on record.</summary>
    public sealed record ConsentFound : EvidenceSource;

    /// <summary>The rule asks for no consent, so the flow is not shown as optional.</summary>
    public sealed record ConsentNotAsked : EvidenceSource;

    /// <summary>The masks of the catalogue are applied by this decision itself.</summary>
    public sealed record MaskApplied : EvidenceSource;

    /// <summary>The rule does not carry this item.</summary>
    public sealed record NotCarried(DataItemId Item) : EvidenceSource;

    /// <summary>Both ends belong to one controller.</summary>
    public sealed record SameOrganisation : EvidenceSource;

    /// <summary>The item is inside the access class of the recipient's role.</summary>
    public sealed record InsideRoleScope : EvidenceSource;

    /// <summary>The requester is a named professional.</summary>
    public sealed record NamedProfessional : EvidenceSource;
}

/// <summary>Whom a relationship must join for a condition to rest on it. The requester is the recipient of a read and the sender of anything else.</summary>
public enum RelationshipEnds
{
    /// <summary>The two organisations of the request, in either order.</summary>
    Organisations,

    /// <summary>The requester's organisation is one end.</summary>
    Requester,

    /// <summary>The recipient's organisation is one end.</summary>
    Recipient,

    /// <summary>The source's organisation is one end.</summary>
    Source,

    /// <summary>The requester's professional is named.</summary>
    RequesterProfessional,

    /// <summary>The professionals (or, where a side has none, the organisations) of both ends are recorded.</summary>
    BothEnds,
}

/// <summary>Whose statement counts.</summary>
public enum StatementBy
{
    /// <summary>Anybody who calls.</summary>
    Caller,

    /// <summary>A system registered as able to check it.</summary>
    System,

    /// <summary>The named professional of the call.</summary>
    NamedProfessional,
}
