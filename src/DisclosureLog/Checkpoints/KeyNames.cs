// The short name of a key in a signed note.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>C2SP signed-note: the first four bytes of SHA-256(name || newline || type || public key).</summary>
internal static class KeyNames
{
    internal const byte Ed25519 = 0x01;
    internal const byte Cosignature = 0x04;
    internal const int KeyLength = 32;

    internal static uint IdOf(string name, ReadOnlySpan<byte> publicKey, byte type = Ed25519) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. publicKey]));

    internal static bool IsValidName(string name) => name.Length > 0 && !name.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
}
