// An entry of the outbox as it can be looked at.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Outbox;

/// <summary>One entry of the outbox. It says nothing of what is in it or whose it is.</summary>
public sealed record OutboxEntry
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>The system that sends it.</summary>
    public required SystemId Sender { get; init; }

    /// <summary>The system that it goes to.</summary>
    public required SystemId Target { get; init; }

    /// <summary>Where it stands.</summary>
    public required OutboxState State { get; init; }

    /// <summary>Attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset HeldAt { get; init; }

    /// <summary>When it is tried next; null when it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The answer for its sender, sealed; only for the gateway.</summary>
    public byte[]? Answer { get; init; }
}

/// <summary>Entries of the outbox, oldest first. <c>GET /outbox</c></summary>
public sealed record OutboxList
{
    /// <summary>The entries.</summary>
    public required ImmutableArray<OutboxEntry> Entries { get; init; }

    /// <summary>Whether these are all; otherwise those that came last.</summary>
    public bool Complete { get; init; } = true;
}
