// One entry of the log with everything needed to check that it is in the log.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;

namespace Sisote.Doors.Consent;

/// <summary>
/// One entry where the officer's organisation is a side, with its proof. <c>GET /log/{index}</c> (person token, kind data-protection-officer). Looking is itself an entry.
/// </summary>
/// <remarks>Where they are there, the leaf hash follows from <see cref="Record"/> and <see cref="Salt"/>; with <see cref="Proof"/> it leads to the root hash in <see cref="Checkpoint"/>.</remarks>
public sealed record LogDetail
{
    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>The entry.</summary>
    public required LogEntry Entry { get; init; }

    /// <summary>The short mark of the client, as in <see cref="LogRow.ClientMark"/>.</summary>
    public string? ClientMark { get; init; }

    /// <summary>The canonical record, base64; null where the officer's organisation only asked or would have received: why an item stayed is then not in <see cref="Entry"/> either.</summary>
    public string? Record { get; init; }

    /// <summary>The salt of the leaf, base64; null where the record is.</summary>
    public string? Salt { get; init; }

    /// <summary>The leaf hash, base64.</summary>
    public required string LeafHash { get; init; }

    /// <summary>The audit path (RFC 9162 section 2.1.3), base64 each, from the leaf upwards.</summary>
    public required ImmutableArray<string> Proof { get; init; }

    /// <summary>Size of the tree that the proof leads to.</summary>
    public required long TreeSize { get; init; }

    /// <summary>The signed checkpoint of that tree (C2SP tlog-checkpoint).</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The receipt as the recipient got it.</summary>
    public required string Receipt { get; init; }

    /// <summary>Entries that belong to this one: the intent of an outcome, the outcomes of an intent, the same call's others.</summary>
    public required ImmutableArray<LogRow> Related { get; init; }
}
