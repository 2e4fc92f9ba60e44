// A client gives a consent, or changes one.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>What a signed-in client consents to. <c>POST /me/consents</c> (person token, kind client)</summary>
/// <remarks>
/// Accepted only if some rule of the catalogue in use asks for this form towards this recipient and carries every item; so nothing can be consented to that the law does not know.
/// Sending the same command twice with the same <see cref="Id"/> gives one consent.
/// </remarks>
public sealed record GiveConsent
{
    /// <summary>Identifier chosen by the caller (UUID version 7, 32 hexadecimal digits), so that a repeated click gives one consent. To change a consent: the identifier of the one in force.</summary>
    public required string Id { get; init; }

    /// <summary>Whether this replaces the newest version of the client's consent <see cref="Id"/> that is in force.</summary>
    public bool Changes { get; init; }

    /// <summary>The legal form, for example <c>SECRECY</c>.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>The items, at least one.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The recipient's sector.</summary>
    public required SectorId RecipientSector { get; init; }

    /// <summary>The recipient's organisation.</summary>
    public required OrganisationId RecipientOrganisation { get; init; }

    /// <summary>The recipient's role, where the client narrows to one.</summary>
    public RoleId? RecipientRole { get; init; }

    /// <summary>The purpose.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>In force until (inclusive); null until withdrawn.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Language of the text that was shown: fi, sv or en.</summary>
    public required string TextLanguage { get; init; }

    /// <summary>Version of the text that was shown, as the shower names it; 1 to 64 letters, digits, '-', '_' or '.'.</summary>
    public required string TextVersion { get; init; }
}

/// <summary>The consent stands (201, or 200 where it stood already).</summary>
public sealed record ConsentGiven
{
    /// <summary>The consent.</summary>
    public required MyConsent Consent { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }
}
