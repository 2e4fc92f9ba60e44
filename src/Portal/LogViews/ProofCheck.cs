// Checks here and now that an entry stands in the log as it is shown.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Receipts;
using Sisote.DisclosureLog.Tree;
using Sisote.Doors;
using Sisote.Doors.Consent;

namespace Sisote.Portal.LogViews;

/// <summary>The steps of the check, each with its result; intact only when every one holds.</summary>
/// <param name="Steps">Text key of each step and whether it holds.</param>
internal sealed record ProofResult(ImmutableArray<(string Step, bool Holds)> Steps)
{
    /// <summary>Whether everything holds.</summary>
    public bool Intact => Steps.All(static step => step.Holds);
}

/// <summary>Recomputes the whole way from the shown record to the signed root with the log's public key; trusts no result that came along.</summary>
internal sealed class ProofCheck(RoomSettings settings)
{
    /// <summary>File of the log's public key in the key folder.</summary>
    public const string KeyFile = "consent.log.vkey";

    /// <summary>Checks an entry; null where the log's public key is not in the key folder, so that nothing can be said.</summary>
    public ProofResult? Check(LogDetail detail)
    {
        var file = Path.Combine(settings.KeyDirectory, KeyFile);
        return File.Exists(file) && NoteVerifier.TryParse(File.ReadAllText(file).Trim(), out var key) ? Check(detail, key) : null;
    }

    /// <summary>Checks an entry with a key.</summary>
    public static ProofResult Check(LogDetail detail, NoteVerifier key)
    {
        if (detail.Record is null)
        {
            return CheckWithoutRecord(detail, key);
        }

        var record = Bytes(detail.Record);
        var leaf = Receipt.TryParse(detail.Receipt, out var receipt) && record is not null ? LeafOf(detail, record, receipt.Time) : null;
        var signed = Checkpoint.TryOpen(detail.Checkpoint, key, out var checkpoint);
        return new ProofResult(
        [
            ("record", record is not null && IsRecordOf(detail.Entry, record)),
            ("receipt", receipt is not null && receipt.IsSignedBy(key) && receipt.Index == detail.Index && receipt.EntryId == detail.Entry.Id),
            ("leaf", leaf is { } computed && receipt is not null && receipt.LeafHash == computed),
            ("tree", leaf is { } hash && signed && IsIn(detail, hash, checkpoint!)),
            ("checkpoint", signed),
        ]);
    }

    /// <summary>Where the record is not shown, the receipt's leaf is followed to the root: that something stands there, not what.</summary>
    private static ProofResult CheckWithoutRecord(LogDetail detail, NoteVerifier key)
    {
        var signed = Checkpoint.TryOpen(detail.Checkpoint, key, out var checkpoint);
        var known = Receipt.TryParse(detail.Receipt, out var receipt);
        return new ProofResult(
        [
            ("receipt", known && receipt!.IsSignedBy(key) && receipt.Index == detail.Index && receipt.EntryId == detail.Entry.Id),
            ("tree", known && signed && IsIn(detail, receipt!.LeafHash, checkpoint!)),
            ("checkpoint", signed),
        ]);
    }

    private static bool IsRecordOf(LogEntry entry, byte[] record)
    {
        try
        {
            return CanonicalForm.Write(entry).AsSpan().SequenceEqual(record);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static Digest? LeafOf(LogDetail detail, byte[] record, DateTimeOffset time) =>
        detail.Salt is { } text && Bytes(text) is { Length: Commitment.SaltLength } salt
            ? new LeafEntry { Seq = detail.Index, Time = time, Commitment = Commitment.Of(salt, record) }.Hash()
            : null;

    private static bool IsIn(LogDetail detail, Digest leaf, Checkpoint checkpoint)
    {
        var path = detail.Proof.Select(static text => Digest.TryParse(text, out var digest) ? digest : (Digest?)null).ToList();
        return path.TrueForAll(static digest => digest is not null)
            && new InclusionProof { Index = detail.Index, Size = checkpoint.Size, Path = [.. path.Select(static digest => digest!.Value)] }.Verify(leaf, checkpoint.Root);
    }

    private static byte[]? Bytes(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : null;
    }
}
