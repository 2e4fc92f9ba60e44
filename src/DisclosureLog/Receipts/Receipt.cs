// What the recipient of a disclosure keeps.
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Receipts;

/// <summary>The log's signed promise that an entry stands at this place. Finnish: luovutuskuitti.</summary>
/// <remarks>
/// It travels in the header <c>Sisote-Receipt</c>. Its signature is checked offline; later it is held against a checkpoint with an inclusion proof.
/// A receipt with a good signature and no such leaf in the log proves that the log was changed.
/// </remarks>
public sealed record Receipt
{
    /// <summary>Name of the header.</summary>
    public const string HeaderName = "Sisote-Receipt";

    private const string Domain = "sisote.fi/log-receipt/v1";
    private const int SignatureLength = 64;

    /// <summary>Which log; the name of its key.</summary>
    public required string Origin { get; init; }

    /// <summary>Place of the leaf.</summary>
    public required long Index { get; init; }

    /// <summary>Hash of the leaf.</summary>
    public required Digest LeafHash { get; init; }

    /// <summary>When the log took the entry in: the time of the leaf.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Identifier of the entry (<see cref="LogEntry.Id"/>).</summary>
    public required string EntryId { get; init; }

    /// <summary>Which key signed.</summary>
    public required uint KeyId { get; init; }

    /// <summary>Ed25519 over <see cref="SignedText"/>.</summary>
    public required ImmutableArray<byte> Signature { get; init; }

    /// <summary>The text that is signed. Its second line is no number, so that no receipt is ever a checkpoint.</summary>
    public string SignedText => TextOf(Origin, Index, LeafHash, Time, EntryId);

    /// <summary>Signs a receipt for a leaf that is durable.</summary>
    public static Receipt Sign(NoteSigner signer, LeafEntry leaf, string entryId) => Sign(signer, leaf, leaf.Hash(), entryId);

    /// <summary>Signs a receipt for a leaf that is durable and whose hash is known.</summary>
    public static Receipt Sign(NoteSigner signer, LeafEntry leaf, Digest hash, string entryId)
    {
        var time = CanonicalTime.Cut(leaf.Time);
        var origin = signer.Verifier.Name;
        if (!IsPlain(origin) || !IsPlain(entryId))
        {
            throw new FormatException("A receipt holds printable ASCII without quotation mark and backslash.");
        }

        return new Receipt
        {
            Origin = origin,
            Index = leaf.Seq,
            LeafHash = hash,
            Time = time,
            EntryId = entryId,
            KeyId = signer.Verifier.KeyId,
            Signature = [.. signer.SignBytes(Encoding.ASCII.GetBytes(TextOf(origin, leaf.Seq, hash, time, entryId)))],
        };
    }

    /// <summary>Reads the header's value; false for anything that <see cref="ToString"/> would not have written.</summary>
    public static bool TryParse([NotNullWhen(true)] string? header, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        if (header is null || ReceiptText.Match(header) is not { } parts
            || !long.TryParse(parts["index"], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !Digest.TryParse(parts["leaf"], out var leaf)
            || !CanonicalTime.TryRead(parts["time"], out var time)
            || ReceiptText.Bytes(parts["sig"]) is not { Length: sizeof(uint) + SignatureLength } signature)
        {
            return false;
        }

        var candidate = new Receipt
        {
            Origin = parts["origin"],
            Index = index,
            LeafHash = leaf,
            Time = time,
            EntryId = parts["entry"],
            KeyId = BinaryPrimitives.ReadUInt32BigEndian(signature),
            Signature = [.. signature.AsSpan(sizeof(uint))],
        };
        receipt = candidate.ToString() == header ? candidate : null;
        return receipt is not null;
    }

    /// <summary>Whether the log that this key belongs to signed the receipt.</summary>
    public bool IsSignedBy(NoteVerifier log) =>
        log.Name == Origin && log.KeyId == KeyId && log.Verify(Encoding.ASCII.GetBytes(SignedText), Signature.AsSpan());

    /// <summary>Whether the proof shows this very leaf, at this place, in the tree of the checkpoint. The checkpoint's signature is the caller's to check.</summary>
    public bool IsIncluded(InclusionProof proof, Checkpoint checkpoint) =>
        checkpoint.Origin == Origin && proof.Index == Index && proof.Size == checkpoint.Size && proof.Verify(LeafHash, checkpoint.Root);

    /// <summary>Whether the proof, checkpoint's signature included, shows that the log kept this promise.</summary>
    public bool IsKeptBy(LogProof proof, NoteVerifier log) => IsSignedBy(log) && proof.Index == Index && proof.Verify(LeafHash, log);

    /// <summary>The header's value: an RFC 9651 dictionary, always in this order and form.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""origin="{Origin}", index={Index}, leaf=:{LeafHash}:, time="{CanonicalTime.Write(Time)}", entry="{EntryId}", sig=:{Note.Encode(KeyId, Signature.AsSpan())}:""");

    private static string TextOf(string origin, long index, Digest leaf, DateTimeOffset time, string entryId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Domain}\norigin {origin}\nindex {index}\nleaf {leaf}\ntime {CanonicalTime.Write(time)}\nentry {entryId}\n");

    private static bool IsPlain(string text) => text.Length > 0 && text.All(static c => c is > ' ' and <= '~' and not '"' and not '\\');
}
