// An entry on its way into the outbox.
using Sisote.Policy.Ids;

namespace Sisote.Doors.Outbox;

/// <summary>An entry that the gateway could not deliver. <c>POST /outbox/hold</c></summary>
/// <remarks>The content is sealed with a key that only the gateway has; whoever keeps it cannot read it.</remarks>
public sealed record HeldEntry
{
    /// <summary>The key under which the target knows the entry, the same at every attempt.</summary>
    public required string Id { get; init; }

    /// <summary>Whose entry it is.</summary>
    public required ClientId Client { get; init; }

    /// <summary>The system that sends it.</summary>
    public required SystemId Sender { get; init; }

    /// <summary>The system that it goes to.</summary>
    public required SystemId Target { get; init; }

    /// <summary>The entry, sealed.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Whether it may have arrived already.</summary>
    public required bool IsUnclear { get; init; }

    /// <summary>Whether it was tried at all; not, where an earlier entry of the client waits before it.</summary>
    public required bool IsTried { get; init; }

    /// <summary>Not to be tried before.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Keyed digest of what its sender sent: the same key with another digest is another entry.</summary>
    public byte[]? Digest { get; init; }
}

/// <summary>Whether the outbox took an entry.</summary>
/// <param name="IsHeld">It stands there durably, now or since an earlier call; otherwise there is no room.</param>
/// <param name="State">Where it stands; null where it is not held.</param>
/// <param name="IsOther">Whether it is not held because another content is open under its key.</param>
public sealed record HoldAnswer(bool IsHeld, OutboxState? State = null, bool IsOther = false);

/// <summary>Says that an entry arrived by a call of its own, or may have. <c>POST /outbox/arrived</c></summary>
/// <remarks>Another call under the same key may wait meanwhile, or may have ended as if nothing had arrived.</remarks>
public sealed record ArrivedEntry
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Delivered, or unknown where the log could not take it in.</summary>
    public required OutboxState State { get; init; }

    /// <summary>The answer for its sender, sealed.</summary>
    public required byte[] Answer { get; init; }

    /// <summary>Keyed digest of what its sender sent: another content under the same key did not arrive.</summary>
    public required byte[] Digest { get; init; }
}

/// <summary>Whether anything was on record under that key.</summary>
/// <param name="IsTold">Something is changed by it.</param>
public sealed record ArrivedAnswer(bool IsTold);

/// <summary>What stands before an entry. <c>POST /outbox/ahead</c></summary>
public sealed record AheadQuestion
{
    /// <summary>The entry's key.</summary>
    public required string Id { get; init; }

    /// <summary>Whose entry it is.</summary>
    public required ClientId Client { get; init; }

    /// <summary>The system that sends it.</summary>
    public required SystemId Sender { get; init; }

    /// <summary>The system that it goes to.</summary>
    public required SystemId Target { get; init; }

    /// <summary>Keyed digest of what its sender sent.</summary>
    public byte[]? Digest { get; init; }
}

/// <summary>What stands before an entry.</summary>
/// <param name="IsBehind">Whether another entry of the same client, sender and target is open.</param>
/// <param name="Self">State of the same entry, where it is open in the outbox already.</param>
/// <param name="IsOther">Whether what is open under the same key has another content.</param>
public sealed record AheadAnswer(bool IsBehind, OutboxState? Self = null, bool IsOther = false);
