// A relationship that a professional records by hand.
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>
/// A relationship of a client. <c>POST /relationships</c> (a professional, signed in or behind a connected system, whom the catalogue lets say it); sent twice with one id it is one relationship.
/// </summary>
public sealed record RecordRelationship
{
    /// <summary>A fresh identifier: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Whose: national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>Kind, as the catalogue's relationships name it.</summary>
    public required string Kind { get; init; }

    /// <summary>The organisation on whose side it arose.</summary>
    public OrganisationId? FromOrganisation { get; init; }

    /// <summary>The organisation towards which it holds.</summary>
    public OrganisationId? ToOrganisation { get; init; }

    /// <summary>The professional towards whom it holds.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>The last instant; null until ended.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>
/// A relationship goes over to another professional of the same organisation. <c>POST /relationships/{id}/hand-over</c>: the old one ends and the new one begins in one step, so that at no moment
/// there are two or none.
/// </summary>
public sealed record HandOverRelationship
{
    /// <summary>A fresh identifier for the new one: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Who takes over.</summary>
    public required ProfessionalId Professional { get; init; }
}
