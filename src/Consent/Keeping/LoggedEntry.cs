// An entry that has its place in the log.
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Consent.Keeping;

/// <summary>Place, time and commitment of an entry: what its receipt says. It means something only after the transaction that wrote it.</summary>
internal sealed record LoggedEntry
{
    public required string EntryId { get; init; }

    public required LeafEntry Leaf { get; init; }

    public required Digest LeafHash { get; init; }

    /// <summary>The canonical record; null once erased.</summary>
    public byte[]? Record { get; init; }

    /// <summary>The salt; null once erased.</summary>
    public byte[]? Salt { get; init; }

    public long Index => Leaf.Seq;

    /// <summary>The entry, where it is not erased.</summary>
    public LogEntry? Entry() => Record is null ? null : CanonicalForm.Read(Record);

    /// <summary>The receipt; Ed25519 is deterministic, so asking twice gives the same.</summary>
    public string Receipt(NoteSigner signer) => DisclosureLog.Receipts.Receipt.Sign(signer, Leaf, LeafHash, EntryId).ToString();
}
