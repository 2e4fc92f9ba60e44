// Taking entries out of the outbox to send them, and saying what became of them.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Outbox;

/// <summary>Asks for entries whose time has come. <c>POST /outbox/lease</c></summary>
public sealed record LeaseQuestion
{
    /// <summary>How many at most.</summary>
    public required int Most { get; init; }

    /// <summary>For how many seconds nobody else gets them.</summary>
    public required int Seconds { get; init; }

    /// <summary>Targets whose entries are not wanted now.</summary>
    public ImmutableArray<SystemId> Without { get; init; } = [];

    /// <summary>The one target whose entries are wanted; null = any.</summary>
    public SystemId? Only { get; init; }

    /// <summary>For how many seconds an entry may wait. Which has waited longer is given out whatever its target: it is not sent any more.</summary>
    public long LongestWait { get; init; } = long.MaxValue / TimeSpan.TicksPerSecond;

    /// <summary>After how many attempts without a clear answer an entry is not sent any more.</summary>
    public int MostUnclear { get; init; } = int.MaxValue;
}

/// <summary>The entries, and how it stands with each target.</summary>
public sealed record LeaseAnswer
{
    /// <summary>The entries, each the first of its client, sender and target.</summary>
    public required ImmutableArray<LeasedEntry> Entries { get; init; }

    /// <summary>What waits, by target.</summary>
    public required ImmutableArray<OutboxQueue> Queues { get; init; }
}

/// <summary>An entry to send; only who holds the lease sends it, and says so first: <c>POST /outbox/begin</c></summary>
public sealed record LeasedEntry
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Number of the lease; what a lease settles that is no longer the newest counts for nothing.</summary>
    public required long Lease { get; init; }

    /// <summary>Where it goes.</summary>
    public required SystemId Target { get; init; }

    /// <summary>Waiting or unknown, or cancelled where only the log is still to be told.</summary>
    public required OutboxState State { get; init; }

    /// <summary>Whether it has waited as long, or was tried as often, as the question said.</summary>
    public bool IsOver { get; init; }

    /// <summary>Attempts so far after which it may have arrived.</summary>
    public required int Unclear { get; init; }

    /// <summary>Since when it waits.</summary>
    public required DateTimeOffset HeldAt { get; init; }

    /// <summary>The entry, sealed.</summary>
    public required byte[] Content { get; init; }
}

/// <summary>Says that a leased entry is sent now. <c>POST /outbox/begin</c></summary>
/// <remarks>INVARIANT: from here on it may have arrived. What was only leased has not, whatever becomes of the lease.</remarks>
public sealed record BeginSending
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>The lease.</summary>
    public required long Lease { get; init; }

    /// <summary>For how many seconds from now nobody else gets it.</summary>
    public required int Seconds { get; init; }
}

/// <summary>Whether it may be sent.</summary>
/// <param name="IsBegun">False where it was taken back, or where somebody else has it by now.</param>
public sealed record BeginAnswer(bool IsBegun);

/// <summary>What waits for one target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Open">Number of open entries.</param>
/// <param name="Oldest">Since when the oldest waits.</param>
public sealed record OutboxQueue(SystemId Target, int Open, DateTimeOffset Oldest);

/// <summary>What became of a leased entry. <c>POST /outbox/settle</c></summary>
public sealed record SettledEntry
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>The lease.</summary>
    public required long Lease { get; init; }

    /// <summary>Waiting or, with <see cref="DueAt"/>, unknown: it stays open. Anything else ends it, and its content is erased.</summary>
    public required OutboxState State { get; init; }

    /// <summary>When it may be tried again; null = it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether it was tried under this lease.</summary>
    public required bool IsTried { get; init; }

    /// <summary>The answer for its sender, sealed; set when it has ended.</summary>
    public byte[]? Answer { get; init; }
}

/// <summary>Whether what was settled counts.</summary>
/// <param name="IsSettled">False where somebody else has the entry by now.</param>
public sealed record SettleAnswer(bool IsSettled);
