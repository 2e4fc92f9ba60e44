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

    /// <summary>Whether record or salt stand there; of an erased entry neither does.</summary>
    public bool HasRecord => Record is not null || Salt is not null;

    /// <summary>The entry; null where it is erased, and where its record is not what the leaf commits to: nobody is shown as an entry of the log what somebody wrote into the database.</summary>
    public LogEntry? Entry()
    {
        if (Record is null || Salt is not { Length: Commitment.SaltLength } || Commitment.Of(Salt, Record) != Leaf.Commitment)
        {
            return null;
        }

        try
        {
            return CanonicalForm.Read(Record);
        }
        catch (FormatException)
        {
            return null; // committed to or not, one such record does not hide what all the others show
        }
    }

    /// <summary>The entry as <see cref="Entry()"/> has it; the operator is told of one that was changed.</summary>
    public LogEntry? Entry(ILogger log)
    {
        var entry = Entry();
        if (entry is null && HasRecord)
        {
            Log.RecordChanged(log, Index);
        }

        return entry;
    }

    /// <summary>The receipt; Ed25519 is deterministic, so asking twice gives the same.</summary>
    public string Receipt(NoteSigner signer) => DisclosureLog.Receipts.Receipt.Sign(signer, Leaf, LeafHash, EntryId).ToString();
}
