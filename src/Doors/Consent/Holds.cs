// Legal holds: records that stay although their time has ended.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>
/// Places a hold. <c>POST /log/holds</c> (data-protection officer or controller-admin person; sisote-operator enters one at the order of such a person and names them). Exactly one of
/// <see cref="ClientIdentifier"/>, <see cref="Organisation"/> and <see cref="Range"/> is said. From the answer on no record under it is erased.
/// </summary>
public sealed record PlaceHold
{
    /// <summary>Why records are held.</summary>
    public static ImmutableArray<string> Reasons { get; } = ["litigation", "authority-request", "police-investigation", "data-breach", "client-request", "internal-review"];

    /// <summary>The national identifier of the client whose records are held.</summary>
    public string? ClientIdentifier { get; init; }

    /// <summary>The organisation all of whose records are held; a person's own.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>The places that are held.</summary>
    public LogRange? Range { get; init; }

    /// <summary>One of <see cref="Reasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The case's number in the organisation's own register, at most 64 characters; never a person. It stays out of the log.</summary>
    public string? Reference { get; init; }

    /// <summary>The last day of the hold; null = until it is lifted.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>At whose order; named by the operator only.</summary>
    public HoldOrder? OrderedBy { get; init; }
}

/// <summary>Lifts a hold. <c>POST /log/holds/{id}/lift</c>: a data-protection officer or controller-admin person of the organisation that placed it; sisote-operator at the order of one.</summary>
public sealed record LiftHold
{
    /// <summary>At whose order; named by the operator only.</summary>
    public HoldOrder? OrderedBy { get; init; }
}

/// <summary>The data-protection officer or controller administrator at whose order the operator enters something.</summary>
public sealed record HoldOrder
{
    /// <summary>Their organisation.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>They themselves.</summary>
    public required ProfessionalId Professional { get; init; }
}

/// <summary>The holds, newest first, ended ones included. <c>GET /log/holds</c>: a person sees those of the own organisation, sisote-operator all.</summary>
public sealed record HoldList
{
    /// <summary>The holds.</summary>
    public required ImmutableArray<HoldView> Holds { get; init; }
}

/// <summary>A hold as it is shown. A hold on one client's records does not say whose.</summary>
public sealed record HoldView
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary><c>client</c>, <c>organisation</c> or <c>range</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>The short mark of the client, as in <see cref="LogRow.ClientMark"/>; for persons only.</summary>
    public string? ClientMark { get; init; }

    /// <summary>The organisation whose records are held.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>The places held.</summary>
    public LogRange? Range { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The case's number.</summary>
    public string? Reference { get; init; }

    /// <summary>Who placed it.</summary>
    public required HoldOrder PlacedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Who lifted it.</summary>
    public HoldOrder? LiftedBy { get; init; }

    /// <summary>When it was lifted.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Whether it holds now.</summary>
    public required bool InForce { get; init; }
}
