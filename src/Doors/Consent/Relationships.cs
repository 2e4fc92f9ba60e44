// A professional's work list of referrals and other relationships, without the client's name.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Doors.Consent;

/// <summary>
/// The relationships of the signed-in professional's own organisation, newest first. <c>GET /relationships?kind=referral</c> (person token, kind professional; <c>kind</c> optional).
/// </summary>
/// <remarks>Says nothing of the client: who it is comes from a read at the gateway, which decides and logs.</remarks>
public sealed record RelationshipList
{
    /// <summary>The relationships; status as of now, so one past its end reads <c>ended</c>.</summary>
    public required ImmutableArray<Relationship> Relationships { get; init; }

    /// <summary>Who recorded each, in the same order; for the operator alone.</summary>
    public ImmutableArray<RelationshipSource> Sources { get; init; } = [];
}

/// <summary>Who recorded a relationship, and how; nothing is known of those from before it was kept.</summary>
/// <param name="Id">The relationship.</param>
/// <param name="Source">register, referral or professional.</param>
/// <param name="Organisation">The organisation whose system or professional recorded it.</param>
/// <param name="Professional">The professional who did.</param>
/// <param name="Follows">The relationship that it took over from.</param>
public sealed record RelationshipSource(string Id, string? Source = null, OrganisationId? Organisation = null, ProfessionalId? Professional = null, string? Follows = null);

/// <summary>
/// A relationship changed. <c>POST /relationships/{id}/accept</c>, <c>/reject</c> (organisation towards which it holds), <c>/end</c> (either organisation), without a body;
/// person token, kind professional. Accepting one that names no professional makes it the accepting professional's.
/// </summary>
public sealed record RelationshipChanged
{
    /// <summary>As it stands now.</summary>
    public required Relationship Relationship { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }
}
