// Commits to what a decision used.
using System.Security.Cryptography;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Replaying;

namespace Sisote.Gateway.Recording;

/// <summary>The bytes of a decision's inputs and the commitment that stands in the record.</summary>
internal sealed record SealedInputs(Digest Commitment, byte[] Bytes);

/// <summary>Makes commitments for one client's state as it was read. Inputs are written once for records that follow each other on the same inputs.</summary>
/// <param name="key">The client's key, from the consent service.</param>
internal sealed class InputsSeal(byte[] key)
{
    private Kept? last;
    private IncrementalHash? idle;

    /// <summary>The inputs of a decision.</summary>
    internal SealedInputs Of(Decided decided)
    {
        if (Volatile.Read(ref last) is { } kept && HaveTheSameInputs(kept.Of, decided))
        {
            return kept.Inputs;
        }

        var bytes = decided.Inputs().ToArray();
        var made = new SealedInputs(Commitment.Of(DecisionInputs.SaltOf(key, bytes), bytes), bytes);
        Volatile.Write(ref last, new Kept(decided, made));
        return made;
    }

    /// <summary>Keyed digests of pieces of what left, which only the holder of the client's key can match with a document.</summary>
    /// <param name="content">What left.</param>
    /// <param name="pieces">Where each piece begins and how long it is.</param>
    internal Digest[] DigestsOf(ReadOnlySpan<byte> content, ReadOnlySpan<(int Start, int Length)> pieces)
    {
#pragma warning disable CA2000 // kept for the next answer about this client
        var hash = Interlocked.Exchange(ref idle, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
#pragma warning restore CA2000
        Span<byte> mac = stackalloc byte[Digest.Length];
        var digests = new Digest[pieces.Length];
        for (var one = 0; one < digests.Length; one++)
        {
            hash.AppendData(content.Slice(pieces[one].Start, pieces[one].Length));
            hash.GetHashAndReset(mac);
            digests[one] = new Digest(mac);
        }

        Volatile.Write(ref idle, hash);
        return digests;
    }

    private static bool HaveTheSameInputs(Decided one, Decided other) =>
        ReferenceEquals(one.State, other.State)
        && one.Request.Atomic == other.Request.Atomic
        && one.IsImpersonal == other.IsImpersonal
        && one.Request.ItemLabels.SequenceEqual(other.Request.ItemLabels)
        && one.Request.ItemTags.IsEmpty && other.Request.ItemTags.IsEmpty
        && one.Documents.Length == other.Documents.Length
        && one.Documents.Zip(other.Documents).All(static pair => pair.First.Labels.SequenceEqual(pair.Second.Labels));

    private sealed record Kept(Decided Of, SealedInputs Inputs);
}
