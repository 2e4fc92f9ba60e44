// Who may record a relationship by hand.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.Catalogues;

/// <summary>A kind of relationship that professionals may record by hand, and which of them. Closed world: other kinds come from registers and from what passes the gateway.</summary>
public sealed record RelationshipKind
{
    /// <summary>What it is, for people.</summary>
    public required LocalisedText Labels { get; init; }

    /// <summary>Who records it; any one is enough.</summary>
    public required ImmutableArray<RelationshipTeller> RecordedBy { get; init; }

    /// <summary>none, allowed or required: whether it names a professional towards whom it holds.</summary>
    public required string Person { get; init; }

    /// <summary>Whether a recorder may name the own person.</summary>
    public bool OwnPerson { get; init; }

    /// <summary>Whether a client has at most one in an organisation, which is handed over in one step.</summary>
    public bool HandedOver { get; init; }
}

/// <summary>Who records.</summary>
/// <param name="IsFrom">Whether the recorder's organisation is the side on which it arose; else the one towards which it holds.</param>
/// <param name="Roles">The recorder's roles; empty = any.</param>
/// <param name="Through">The kind of a relationship in force that must name the recorder; null = none.</param>
public sealed record RelationshipTeller(bool IsFrom, ImmutableArray<RoleId> Roles, string? Through);
