// What the operator is told of witnesses.
using System.Collections.Immutable;

namespace Sisote.Doors.Consent;

/// <summary>Who watches this log and how far, which logs are watched here, and what was found. Answer of <c>GET /witness/status</c>.</summary>
public sealed record WitnessStatus
{
    /// <summary>Public key of this installation's log: what others put under <c>watches</c>.</summary>
    public required string LogKey { get; init; }

    /// <summary>Public key of this installation as a witness: what others put under <c>asks</c>; null where it has none.</summary>
    public string? WitnessKey { get; init; }

    /// <summary>Number of entries of this installation's log.</summary>
    public required long Size { get; init; }

    /// <summary>Number of entries of the newest checkpoint that enough witnesses cosigned; null for none.</summary>
    public long? CosignedSize { get; init; }

    /// <summary>How many witnesses a checkpoint needs.</summary>
    public required int Quorum { get; init; }

    /// <summary>Whether an entry has waited too long for them.</summary>
    public required bool Overdue { get; init; }

    /// <summary>The witnesses of this installation's log.</summary>
    public required ImmutableArray<AskedWitnessStatus> Asked { get; init; }

    /// <summary>The logs that are watched here.</summary>
    public required ImmutableArray<WatchedLogStatus> Watched { get; init; }

    /// <summary>What was found, what still stands first.</summary>
    public required ImmutableArray<LogAlarm> Alarms { get; init; }
}

/// <summary>A witness that cosigns this log.</summary>
public sealed record AskedWitnessStatus
{
    /// <summary>Name of the witness.</summary>
    public required string Name { get; init; }

    /// <summary>Size that it cosigned last.</summary>
    public required long Size { get; init; }

    /// <summary>How the last call went: cosigned, unreachable, refused, ahead, contradicted, unusable; null before the first.</summary>
    public string? Outcome { get; init; }

    /// <summary>Since when it has been so.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>A log that is watched here.</summary>
public sealed record WatchedLogStatus
{
    /// <summary>The log's name.</summary>
    public required string Origin { get; init; }

    /// <summary>Size of the newest accepted checkpoint; null before the first.</summary>
    public long? Size { get; init; }

    /// <summary>When it was cosigned.</summary>
    public DateTimeOffset? CosignedAt { get; init; }

    /// <summary>How the last look at it went: unchanged, grown, unreachable, not-signed, tiles-disagree, alarm; null where it is not followed or was not looked at yet.</summary>
    public string? Look { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LookedAt { get; init; }
}

/// <summary>What a watched log did.</summary>
public sealed record LogAlarm
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The log's name.</summary>
    public required string Origin { get; init; }

    /// <summary>split-view, truncated, replayed, edited, reordered or forked.</summary>
    public required string Kind { get; init; }

    /// <summary>The first entry that differs, where it is known.</summary>
    public long? Index { get; init; }

    /// <summary>Whether the log's own signatures prove it to anybody.</summary>
    public required bool Proven { get; init; }

    /// <summary>When it was seen first.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was seen last.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How often.</summary>
    public required long Times { get; init; }

    /// <summary>When the operator settled it; null while it stands.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The operator's reason.</summary>
    public string? SettledWhy { get; init; }
}

/// <summary>Body of <c>POST /witness/alarms/{id}/settle</c>.</summary>
public sealed record SettleAlarm
{
    /// <summary>The operator's reason.</summary>
    public required string Why { get; init; }
}
