// An agreement between organisations: a condition of some rules, sufficient for none.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Policy.States;

/// <summary>An agreement or written instruction between organisations. It alone opens nothing (law.md 13).</summary>
/// <remarks><see cref="Kind"/> is a code that the catalogue's conditions name: <c>cooperation</c>, <c>on-behalf</c>, <c>director-instructions</c>, ...</remarks>
public sealed record Agreement
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The organisations bound by it.</summary>
    public required ImmutableArray<OrganisationId> Parties { get; init; }

    /// <summary>The rules it is a condition for.</summary>
    public required ImmutableArray<RuleId> Flows { get; init; }

    /// <summary>In force from (inclusive).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>In force until (inclusive); null until ended.</summary>
    public DateTimeOffset? To { get; init; }
}
