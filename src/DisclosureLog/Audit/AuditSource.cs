// What an AuditEvent is made from.
using Sisote.DisclosureLog.Entries;

namespace Sisote.DisclosureLog.Audit;

/// <summary>An entry with its place, and its client under the name by which this reader may know the client.</summary>
public sealed record AuditSource
{
    /// <summary>The entry.</summary>
    public required LogEntry Entry { get; init; }

    /// <summary>Whether this reader is not told why items stayed: then each that was not released counts as withheld, whatever is known of it.</summary>
    public bool IsDim { get; init; }

    /// <summary>Its place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>When the log took it in.</summary>
    public required DateTimeOffset Recorded { get; init; }

    /// <summary>The client as this reader knows the client; null where no client is concerned.</summary>
    public AuditReference? Client { get; init; }

    /// <summary>Name of the log.</summary>
    public required string Log { get; init; }
}
