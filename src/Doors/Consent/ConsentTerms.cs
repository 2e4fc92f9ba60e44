// What a consent says, whichever way it is given.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>Form, items, recipient, purpose and period of a consent, and the text that was shown.</summary>
/// <remarks>
/// Accepted only if some rule of the catalogue in use asks for this form towards this recipient and carries every item; so nothing can be consented to that the law does not know.
/// Sending the same command twice with the same <see cref="Id"/> gives one consent.
/// </remarks>
public abstract record ConsentTerms
{
    /// <summary>Identifier chosen by the caller (UUID version 7, 32 hexadecimal digits), so that a repeated click gives one consent. To change a consent: the identifier of the one in force.</summary>
    public required string Id { get; init; }

    /// <summary>Whether this replaces the newest version of the client's consent <see cref="Id"/> that is in force; its form and its giver stay.</summary>
    public bool Changes { get; init; }

    /// <summary>The legal form, for example <c>SECRECY</c>.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>The items, at least one.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The recipient's sector.</summary>
    public required SectorId RecipientSector { get; init; }

    /// <summary>The recipient's organisation.</summary>
    public required OrganisationId RecipientOrganisation { get; init; }

    /// <summary>The recipient's role, where the client narrows to one; it survives changes of staff.</summary>
    public RoleId? RecipientRole { get; init; }

    /// <summary>The connected system of the recipient's unit, where the client narrows to that unit; it survives changes of staff.</summary>
    public SystemId? RecipientSystem { get; init; }

    /// <summary>The recipient's professional, where the client narrows to that person; the consent ends when that person leaves.</summary>
    public ProfessionalId? RecipientPerson { get; init; }

    /// <summary>The purpose.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>In force until (inclusive); null until withdrawn. A guardian's consent ends at the latest when the client comes of age.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Identifier of the relationship on record (a case, a service) with which the consent ends; needed by forms that last as long as a case.</summary>
    public string? Case { get; init; }

    /// <summary>Language of the text that was shown or read out: fi, sv or en.</summary>
    public required string TextLanguage { get; init; }

    /// <summary>Version of the text that was shown, as the shower names it; 1 to 64 letters, digits, '-', '_' or '.'.</summary>
    public required string TextVersion { get; init; }
}
