// A recorded relation that a rule may rest on.
using System.Text.Json.Serialization;
using Sisote.Policy.Ids;

namespace Sisote.Policy.States;

/// <summary>Where a relationship stands in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RelationshipStatus>))]
public enum RelationshipStatus
{
    /// <summary>Asked for, not accepted.</summary>
    [JsonStringEnumMemberName("requested")]
    Requested,

    /// <summary>In force within its dates.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Refused by the one asked.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Ended.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,
}

/// <summary>
/// A relation of the client to an organisation or professional, recorded in the consent service: referral, enrolment, teaching, same-case,
/// team, employment-model customer, human decision.
/// </summary>
/// <remarks><see cref="Kind"/> is a code that the catalogue's conditions name (<c>evaluatedFrom.relationship</c>), not a closed list in code.</remarks>
public sealed record Relationship
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Kind, for example <c>referral</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Status word; dates win over it.</summary>
    public required RelationshipStatus Status { get; init; }

    /// <summary>The organisation on whose side it arose (the referrer, the school).</summary>
    public OrganisationId? FromOrganisation { get; init; }

    /// <summary>The organisation towards which it holds (the counselling unit's municipality).</summary>
    public OrganisationId? ToOrganisation { get; init; }

    /// <summary>The professional towards whom it holds, where named.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>In force from (inclusive).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>In force until (inclusive); null until ended.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What a human decision covers; null for every other relationship, and neither stands in for the other.</summary>
    public DecisionScope? Scope { get; init; }
}
