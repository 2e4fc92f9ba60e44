// What is kept of a subscription.
using System.Collections.Immutable;
using Sisote.Doors.Tokens;
using Sisote.Gateway.Outbox;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Subscriptions;

/// <summary>The question as its subscriber put it, and who that was: everything that asking anew needs, and nothing that was decided or found.</summary>
internal sealed record SubscriptionContent
{
    /// <summary>The calling system.</summary>
    public required SystemId Caller { get; init; }

    /// <summary>The professional behind it.</summary>
    public required BusinessContext Business { get; init; }

    /// <summary>The system that is asked.</summary>
    public required SystemId Source { get; init; }

    /// <summary>What the caller stated: it holds for every look, and never as a check that its system made.</summary>
    public ImmutableArray<HeldStatement> Stated { get; init; } = [];

    /// <summary>The search, <c>Flag?patient=HANDLE</c>.</summary>
    public required string Criteria { get; init; }
}
