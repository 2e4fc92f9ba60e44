// The legal forms of consent, which never stand in for one another.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues;

/// <summary>A form of consent or prohibition with its statute and what it asks.</summary>
public sealed record ConsentForm
{
    /// <summary>Code, for example SECRECY.</summary>
    public required ConsentFormId Id { get; init; }

    /// <summary>Names for people.</summary>
    public required LocalisedText Labels { get; init; }

    /// <summary>Statute and section.</summary>
    public required string Statute { get; init; }

    /// <summary>Whether it must name items, recipient and purpose.</summary>
    public bool Itemised { get; init; }

    /// <summary>Whether it must be in writing.</summary>
    public bool Written { get; init; }

    /// <summary>Whether the client can give it at the portal, signed in; the other forms need paper, another registry or a professional.</summary>
    public bool SignedIn { get; init; }

    /// <summary>In which other ways it can come on record; empty = in none but signed in.</summary>
    public ImmutableArray<ConsentWay> Recorded { get; init; } = [];

    /// <summary>Whether it can only close; then <see cref="Narrows"/> says what.</summary>
    public ConsentFormId? Narrows { get; init; }

    /// <summary>How long it lasts: until-revoked, purpose-or-date, case, single-use, service-period.</summary>
    public required string Validity { get; init; }
}

/// <summary>A consent that a rule asks for.</summary>
public sealed record ConsentRequirement
{
    /// <summary>The form; no other will do.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>The context of the minors' policy that says who decides for a minor; null = the client alone.</summary>
    public string? MinorsContext { get; init; }

    /// <summary>Opt-out: no consent is needed, but a prohibition closes.</summary>
    public bool Objectable { get; init; }

    /// <summary>Whether the consent must name the items even where its form could cover all.</summary>
    public bool Itemised { get; init; }
}

/// <summary>Who decides for a minor in one context.</summary>
public sealed record MinorsPolicy
{
    /// <summary>health, social, student-welfare, ...</summary>
    public required string Context { get; init; }

    /// <summary>Names for people.</summary>
    public required LocalisedText Labels { get; init; }

    /// <summary>The context under which capacity decisions are recorded for it.</summary>
    public required string CapacityContext { get; init; }

    /// <summary>The age below which a minor counts as not able where nobody recorded otherwise; null = nobody's word is assumed.</summary>
    public int? AssumedNotAbleBelow { get; init; }

    /// <summary>Whose record it is that the minor can decide, as part of a sentence; null = not said.</summary>
    public LocalisedText? Assessor { get; init; }

    /// <summary>Roles whose bearers may record capacity and bars in this context; empty = none, such records come from other registers only.</summary>
    public ImmutableArray<RoleId> AssessorRoles { get; init; } = [];

    /// <summary>The minor's right to bar the guardian from data; null where the act knows none.</summary>
    public MinorsBar? Bar { get; init; }

    /// <summary>Who decides.</summary>
    public required MinorsDecider Decider { get; init; }

    /// <summary>Statutes it rests on.</summary>
    public required ImmutableArray<LegalBasis> LegalBasis { get; init; }
}

/// <summary>On what a minor may bar the guardian from data in one context.</summary>
public sealed record MinorsBar
{
    /// <summary>What must be shown.</summary>
    public required BarGround Ground { get; init; }

    /// <summary>Statutes it rests on.</summary>
    public required ImmutableArray<LegalBasis> LegalBasis { get; init; }
}

/// <summary>What must be shown before a minor's bar on the guardian is accepted.</summary>
public enum BarGround
{
    /// <summary>The minor is recorded as able to decide; no reason is asked.</summary>
    MinorAble,

    /// <summary>A weighty reason that a professional assessed.</summary>
    WeightyReason,

    /// <summary>A weighty reason, and an assessment that the bar is not plainly against the minor's interest.</summary>
    WeightyReasonNotAgainstInterest,
}

/// <summary>Who may consent for a minor.</summary>
public enum MinorsDecider
{
    /// <summary>The minor in person, always.</summary>
    Minor,

    /// <summary>The minor where a professional recorded that they can decide, else the guardian.</summary>
    MinorIfCapableElseGuardian,

    /// <summary>The minor and the guardian together; a sufficiently mature minor alone.</summary>
    MinorAndGuardianUnlessMature,

    /// <summary>The minor or the guardian.</summary>
    MinorOrGuardian,

    /// <summary>The guardian.</summary>
    Guardian,
}
