// Who a child's guardians are, as a register knows it.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>The whole state of one child's guardians in another register. <c>POST /clients/guardians</c> (sisote-operator, sisote-adapters)</summary>
/// <remarks>Who is missing is a guardian no more. A message older than the last one is refused. What is on record already changes nothing. Nothing is overwritten: each change is a version with an entry in the log.</remarks>
public sealed record RecordGuardians
{
    /// <summary>The register, for example <c>vtj</c>.</summary>
    public required SystemId Source { get; init; }

    /// <summary>When its state was read.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The child's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>What the child is called on the guardian's pages; 1 to 60 characters. Kept sealed.</summary>
    public string? Name { get; init; }

    /// <summary>The guardians; empty = none.</summary>
    public required ImmutableArray<ToldGuardian> Guardians { get; init; }
}

/// <summary>One guardian.</summary>
public sealed record ToldGuardian
{
    /// <summary>The guardian's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary><c>sole</c> (decides alone) or <c>joint</c> (guardians act together).</summary>
    public required string Custody { get; init; }

    /// <summary>In force from (inclusive).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>In force until (inclusive); null while no end is known.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Contexts of the minors' policy that are not this guardian's by a court's order; <c>all</c> = every one.</summary>
    public ImmutableArray<string> Limits { get; init; } = [];
}

/// <summary>The guardians stand.</summary>
public sealed record GuardiansRecorded
{
    /// <summary>How many changed: began, ended or have other terms.</summary>
    public required int Changed { get; init; }
}
