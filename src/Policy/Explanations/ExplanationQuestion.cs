// What somebody wants explained.
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Policy.Explanations;

/// <summary>May this item go from one role to another for a purpose, and on which ground?</summary>
public sealed record ExplanationQuestion
{
    /// <summary>The sector that holds and discloses.</summary>
    public required SectorId FromSector { get; init; }

    /// <summary>Its role.</summary>
    public required RoleId FromRole { get; init; }

    /// <summary>The sector that receives.</summary>
    public required SectorId ToSector { get; init; }

    /// <summary>Its role.</summary>
    public required RoleId ToRole { get; init; }

    /// <summary>The purpose; null for non-personal data and the client's own view.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>The item.</summary>
    public required DataItemId Item { get; init; }

    /// <summary>The direction; null = all.</summary>
    public Direction? Direction { get; init; }

    /// <summary>The day on which the law is read.</summary>
    public required DateOnly Day { get; init; }
}
