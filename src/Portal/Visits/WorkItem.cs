// One row of the counsellor's work list.
using Sisote.Policy.States;

namespace Sisote.Portal.Visits;

/// <summary>A referral with the person it is about, as far as the own register tells.</summary>
internal sealed record WorkItem
{
    /// <summary>The referral on record: its status and ends.</summary>
    public required Relationship Referral { get; init; }

    /// <summary>The client's handle; null where the own register does not show the referral.</summary>
    public string? Patient { get; init; }

    /// <summary>The client's name; null where it may not be seen.</summary>
    public string? Name { get; init; }

    /// <summary>The client's date of birth.</summary>
    public DateOnly? Born { get; init; }

    /// <summary>Whether it is the professional's own.</summary>
    public required bool Own { get; init; }

    /// <summary>Whether the client can be opened.</summary>
    public bool CanOpen => Referral.Status == RelationshipStatus.Active && Patient is not null && Referral.FromOrganisation is not null;
}
