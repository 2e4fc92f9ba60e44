// What a human decision of the giver covers.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.States;

/// <summary>
/// The exact reach of a decision that a named professional of the giver recorded: these items, to this sector and role of the recipient, for this purpose. Its kind is the condition decided on;
/// the giver is <see cref="Relationship.FromOrganisation"/>, the recipient <see cref="Relationship.ToOrganisation"/> and, where named, <see cref="Relationship.Professional"/>.
/// </summary>
public sealed record DecisionScope
{
    /// <summary>The items; of a decision for one use, those that have not gone yet.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The recipient's sector.</summary>
    public required SectorId Sector { get; init; }

    /// <summary>The recipient's role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>The purpose.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>Whether each item may go once.</summary>
    public bool Once { get; init; }

    /// <summary>Equal where all of it is; the order of the items says nothing.</summary>
    public bool Equals(DecisionScope? other) =>
        other is not null && Sector == other.Sector && Role == other.Role && Purpose == other.Purpose && Once == other.Once
        && Items.AsSpan().Length == other.Items.AsSpan().Length && Items.AsSpan().ToArray().ToHashSet().SetEquals(other.Items.AsSpan().ToArray());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Sector, Role, Purpose, Once);
}
