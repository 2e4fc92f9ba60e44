// What an entry tells of a legal hold.
using Sisote.Policy.Ids;

namespace Sisote.DisclosureLog.Entries;

/// <summary>A hold on records that would otherwise be erased. A hold on one client's records does not name the client.</summary>
public sealed record LogHold
{
    /// <summary>The organisation whose records are held; null where the scope is another.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>The places held; null where the scope is another.</summary>
    public LogRange? Range { get; init; }

    /// <summary>Why, as a code.</summary>
    public required string Reason { get; init; }

    /// <summary><c>client</c>, <c>organisation</c> or <c>range</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>The last day of the hold; null = until it is lifted.</summary>
    public DateOnly? Until { get; init; }
}
