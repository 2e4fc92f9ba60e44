// Two identities are found to be one person's.
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>
/// Tells that two national identifiers are one person's, or that one was wrong. <c>POST /clients/merge</c> (sisote-operator, sisote-adapters). From the answer on, whoever asks under either reaches
/// the surviving one, and nothing that was decided on either record before can be released.
/// </summary>
public sealed record MergeClients
{
    /// <summary>Two records of one person.</summary>
    public const string Merged = "merged";

    /// <summary>The prior identifier was wrong.</summary>
    public const string Corrected = "corrected";

    /// <summary>The identifier (HETU) that no longer stands for itself.</summary>
    public required string Prior { get; init; }

    /// <summary>The identifier (HETU) under which the person goes on.</summary>
    public required string Surviving { get; init; }

    /// <summary><see cref="Merged"/> or <see cref="Corrected"/>.</summary>
    public string Kind { get; init; } = Merged;

    /// <summary>The register that told it: a connected system; null where the operator enters it.</summary>
    public SystemId? Source { get; init; }
}

/// <summary>Undoes a merge that was wrong. <c>POST /clients/unmerge</c> (sisote-operator)</summary>
public sealed record UnmergeClients
{
    /// <summary>The identifier (HETU) that shall stand for itself again.</summary>
    public required string Prior { get; init; }
}

/// <summary>The identities are one now, or two again.</summary>
public sealed record ClientsMerged
{
    /// <summary>Identifier of the merge; the log's entries name it.</summary>
    public required string Id { get; init; }

    /// <summary>Revision of the surviving client.</summary>
    public required long Revision { get; init; }

    /// <summary>Receipt of the log's entry.</summary>
    public required string Receipt { get; init; }
}
