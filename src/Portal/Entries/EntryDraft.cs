// An entry while it is written, and what became of it.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Entries;

/// <summary>Where an entry stands.</summary>
internal enum EntryState
{
    /// <summary>Being written.</summary>
    Writing,

    /// <summary>The target did not take it in this mode; the text is kept.</summary>
    Refused,

    /// <summary>The target could not be reached; the text is kept.</summary>
    Unreached,

    /// <summary>The gateway has it and sends it when the target can take it; the text is kept.</summary>
    Waiting,

    /// <summary>It was taken.</summary>
    Sent,
}

/// <summary>An entry of one client, encrypted in the portal until it is sent; after that only the receipt remains.</summary>
internal sealed record EntryDraft
{
    /// <summary>Kind under which entries are kept.</summary>
    public const string Kind = "entry";

    /// <summary>About whom, since which referral.</summary>
    public required Visit Visit { get; init; }

    /// <summary>The day of the meeting as typed.</summary>
    public string Day { get; init; } = string.Empty;

    /// <summary>Measures as typed, by field.</summary>
    public ImmutableSortedDictionary<string, string> Measures { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The free text.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The mode chosen; null = the preferred one.</summary>
    public string? Mode { get; init; }

    /// <summary>Where it stands.</summary>
    public EntryState State { get; init; }

    /// <summary>When it was last kept.</summary>
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>Key under which it is sent: sending again after a lost answer makes no second entry. A new mode is a new key.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>When it was first sent under its key: what is sent again under the same key is the same to the last letter.</summary>
    public EntryFirstSent? FirstSent { get; init; }

    /// <summary>Why the target or the gateway did not take it, as the slug it was told; null where none was.</summary>
    public string? RefusedBecause { get; init; }

    /// <summary>What waits at the gateway; set while it waits.</summary>
    public EntryWaiting? Waits { get; init; }

    /// <summary>Proof of the sending.</summary>
    public EntryReceipt? Receipt { get; init; }
}

/// <summary>The first sending under a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="At">When.</param>
internal sealed record EntryFirstSent(string Key, DateTimeOffset At);

/// <summary>An entry that waits at the gateway.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="State">Where it stood when it was last looked at.</param>
/// <param name="Receipt">Since when, where it goes and what is in it.</param>
internal sealed record EntryWaiting(string Id, string State, EntryReceipt Receipt);

/// <summary>What remains of a sent entry.</summary>
internal sealed record EntryReceipt
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>To which system.</summary>
    public required SystemId Target { get; init; }

    /// <summary>Under which rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>Which items.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The entry's handle at the target, where it was told.</summary>
    public string? Handle { get; init; }

    /// <summary>The log's receipt.</summary>
    public string? LogReceipt { get; init; }

    /// <summary>The call's id in the log.</summary>
    public string? CorrelationId { get; init; }
}
