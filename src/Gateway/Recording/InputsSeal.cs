// Commits to what a decision used.
using System.Security.Cryptography;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;
using Sisote.Policy.Replaying;

namespace Sisote.Gateway.Recording;

/// <summary>The bytes of a decision's inputs and the commitment that stands in the record.</summary>
internal sealed record SealedInputs(Digest Commitment, byte[] Bytes);

/// <summary>Makes commitments for one client's state as it was read. The commonest inputs, without labels, are written once and used for every record until the state is read again.</summary>
/// <param name="key">The client's key, from the consent service.</param>
internal sealed class InputsSeal(byte[] key)
{
    private Kept? last;

    /// <summary>The inputs of a decision.</summary>
    internal SealedInputs Of(Decided decided)
    {
        if (Volatile.Read(ref last) is { } kept && IsPlain(decided) && ReferenceEquals(kept.Of.State, decided.State) && kept.Of.Request.Atomic == decided.Request.Atomic)
        {
            return kept.Inputs;
        }

        var bytes = decided.Inputs().ToArray();
        var made = new SealedInputs(Commitment.Of(DecisionInputs.SaltOf(key, bytes), bytes), bytes);
        if (IsPlain(decided))
        {
            Volatile.Write(ref last, new Kept(decided, made));
        }

        return made;
    }

    /// <summary>The digest of what left, which only the holder of the client's key can match with a document.</summary>
    internal Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> mac = stackalloc byte[Digest.Length];
        HMACSHA256.HashData(key, content, mac);
        return new Digest(mac);
    }

    private static bool IsPlain(Decided decided) => decided.Documents.IsEmpty && decided.Request.ItemLabels.IsEmpty && decided.Request.ItemTags.IsEmpty;

    private sealed record Kept(Decided Of, SealedInputs Inputs);
}
