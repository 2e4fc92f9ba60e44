// What a professional may do with a relationship, at the portal or through a connected system.
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Relationships;

/// <summary>Who takes a step; the role where it is the person's own request.</summary>
internal sealed record RelationshipActor(OrganisationId? Organisation, ProfessionalId? Professional, RoleId? Role = null);

/// <summary>A step in a relationship's life: who may take it, from which state, and what it leaves.</summary>
internal sealed record RelationshipStep
{
    /// <summary>The organisation asked takes it on.</summary>
    public static readonly RelationshipStep Accept = new()
    {
        Verb = "accept",
        Outcome = "accepted",
        MayTake = IsAsked,
        IsPossible = static (relationship, now) => relationship.Status == RelationshipStatus.Requested && !HasEnded(relationship, now),
        Take = static (relationship, who, _) => relationship with { Status = RelationshipStatus.Active, Professional = relationship.Professional ?? who.Professional },
    };

    /// <summary>The organisation asked says no.</summary>
    public static readonly RelationshipStep Reject = new()
    {
        Verb = "reject",
        Outcome = "rejected",
        MayTake = IsAsked,
        IsPossible = static (relationship, _) => relationship.Status == RelationshipStatus.Requested,
        Take = static (relationship, _, now) => relationship with { Status = RelationshipStatus.Rejected, To = now },
    };

    /// <summary>Either side ends it.</summary>
    public static readonly RelationshipStep End = new()
    {
        Verb = "end",
        Outcome = "ended",
        MayTake = static (relationship, who) => relationship.ToOrganisation == who.Organisation || relationship.FromOrganisation == who.Organisation,
        IsPossible = static (relationship, now) => relationship.Status is RelationshipStatus.Requested or RelationshipStatus.Active && !HasEnded(relationship, now),
        Take = static (relationship, _, now) => relationship with { Status = RelationshipStatus.Ended, To = now },
    };

    /// <summary>The step of a word.</summary>
    public static RelationshipStep? Find(string verb) => new[] { Accept, Reject, End }.FirstOrDefault(step => step.Verb == verb);

    /// <summary>The word in the address.</summary>
    public required string Verb { get; init; }

    /// <summary>The word in the log.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether this professional may know of it and take the step.</summary>
    public required Func<Relationship, RelationshipActor, bool> MayTake { get; init; }

    /// <summary>Whether the relationship stands where the step begins.</summary>
    public required Func<Relationship, DateTimeOffset, bool> IsPossible { get; init; }

    /// <summary>The relationship after the step.</summary>
    public required Func<Relationship, RelationshipActor, DateTimeOffset, Relationship> Take { get; init; }

    private static bool IsAsked(Relationship relationship, RelationshipActor who) =>
        relationship.ToOrganisation == who.Organisation && (relationship.Professional is null || relationship.Professional == who.Professional);

    private static bool HasEnded(Relationship relationship, DateTimeOffset now) => relationship.To < now;
}
