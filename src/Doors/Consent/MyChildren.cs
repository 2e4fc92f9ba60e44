// What a signed-in guardian sees and does for a child.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>The children of the signed-in person. <c>GET /me/children</c> (person token, kind client)</summary>
/// <remarks>Who is a guardian is asked of what is on record at every call; no token says it. That a child stands here says nothing of what the guardian may see.</remarks>
public sealed record MyChildren
{
    /// <summary>The children under age whose guardian the person is now.</summary>
    public required ImmutableArray<MyChild> Children { get; init; }
}

/// <summary>One child.</summary>
public sealed record MyChild
{
    /// <summary>The child in addresses: 32 hexadecimal digits that only this guardian's doors know, and only as long as the guardianship lasts.</summary>
    public required string Id { get; init; }

    /// <summary>What the child is called; null where no register told it.</summary>
    public string? Name { get; init; }
}

/// <summary>To whom data of the child were given, as far as the guardian may see it, newest first. <c>GET /me/children/{child}/disclosures</c></summary>
/// <remarks>Never empty: where there is nothing to show, for whatever reason, the one answer <c>nothing-to-show</c> is given.</remarks>
public sealed record ChildDisclosures
{
    /// <summary>The rows.</summary>
    public required ImmutableArray<ChildDisclosure> Disclosures { get; init; }
}

/// <summary>One event, or several alike within a day folded into one. It names no person, no consent and nothing that was withheld.</summary>
public sealed record ChildDisclosure
{
    /// <summary>When; of a folded row the newest.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Of a folded row the oldest; otherwise the same as <see cref="Time"/>.</summary>
    public required DateTimeOffset FirstTime { get; init; }

    /// <summary>How many events the row stands for, from 1.</summary>
    public required int Count { get; init; }

    /// <summary>Place in the log of the newest event, for questions about it.</summary>
    public required long Index { get; init; }

    /// <summary>disclosure, use or write-intent.</summary>
    public required LogEntryKind Kind { get; init; }

    /// <summary>Whose data came from.</summary>
    public DisclosureEnd? From { get; init; }

    /// <summary>Who received.</summary>
    public DisclosureEnd? To { get; init; }

    /// <summary>Purpose of use.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>Items that went.</summary>
    public required ImmutableArray<DataItemId> Released { get; init; }

    /// <summary>Rules that carried them.</summary>
    public required ImmutableArray<RuleId> Rules { get; init; }
}

/// <summary>Consents that guardians gave for the child, newest change first. <c>GET /me/children/{child}/consents</c></summary>
/// <remarks>Never empty, as <see cref="ChildDisclosures"/>. What the child gave alone is not here.</remarks>
public sealed record ChildConsents
{
    /// <summary>The consents.</summary>
    public required ImmutableArray<ChildConsent> Consents { get; init; }
}

/// <summary>One consent that guardians gave.</summary>
public sealed record ChildConsent
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The legal form.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>Where it stands now. A draft opens nothing: it waits until every guardian who decides has given it.</summary>
    public required ConsentStatus Status { get; init; }

    /// <summary>Items.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The recipient's sector.</summary>
    public SectorId? RecipientSector { get; init; }

    /// <summary>The recipient's organisation.</summary>
    public OrganisationId? RecipientOrganisation { get; init; }

    /// <summary>The recipient's role.</summary>
    public RoleId? RecipientRole { get; init; }

    /// <summary>Purpose.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>In force from.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>In force until; at the latest the child's coming of age.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether this guardian's own word is among those given.</summary>
    public required bool GivenByMe { get; init; }

    /// <summary>Whose data it opens; null = of whoever could give the items.</summary>
    public ImmutableArray<OrganisationId>? SourceOrganisations { get; init; }

    /// <summary>Whether this guardian's word is awaited here. A draft that the child gives too is completed by the professional who prepared it.</summary>
    public bool MayGive { get; init; }

    /// <summary>Whether this guardian can withdraw it here: either of several may.</summary>
    public required bool MayWithdraw { get; init; }
}

/// <summary>What a guardian's step did. <c>POST /me/children/{child}/consents</c> (body <see cref="GiveConsent"/>), <c>.../{id}/give</c>, <c>.../{id}/withdraw</c></summary>
public sealed record ChildConsentAnswer
{
    /// <summary>The consent as it stands now.</summary>
    public required ChildConsent Consent { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>Whether it opens what it names; false where another's consent is needed beside it: another guardian's or the child's.</summary>
    public required bool Alone { get; init; }
}
