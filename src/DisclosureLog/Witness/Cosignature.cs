// What a witness signs, and how the line carries it.
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.DisclosureLog.Witness;

/// <summary>C2SP tlog-cosignature, version 1 with Ed25519: eight bytes of time, then the signature over header, time and the checkpoint's text.</summary>
internal static class Cosignature
{
    private const int SignatureLength = 64;

    internal static byte[] MessageOf(string text, long seconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    internal static NoteSignature Join(WitnessVerifier witness, long seconds, ReadOnlySpan<byte> signature)
    {
        var bytes = new byte[sizeof(long) + SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        signature.CopyTo(bytes.AsSpan(sizeof(long)));
        return new NoteSignature(witness.Name, witness.KeyId, [.. bytes]);
    }

    internal static bool TrySplit(NoteSignature line, out long seconds, out ImmutableArray<byte> signature)
    {
        (seconds, signature) = (0, []);
        if (line.Signature.Length != sizeof(long) + SignatureLength)
        {
            return false;
        }

        seconds = BinaryPrimitives.ReadInt64BigEndian(line.Signature.AsSpan());
        signature = line.Signature[sizeof(long)..];
        return seconds is > 0 and <= 253_402_300_799; // the last second of the year 9999
    }
}
