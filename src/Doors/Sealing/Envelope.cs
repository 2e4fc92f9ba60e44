// Seals what must not stand in a database in clear.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Doors.Sealing;

/// <summary>
/// Envelope encryption: each value has its own AES-256-GCM key, which is sealed with a key of the installation. A value is bound to its place, so rows cannot be swapped, and names the key it is under:
/// the newest key seals, older ones still open.
/// </summary>
/// <remarks>Bytes: version (2), name of the key (8), the value's key sealed (12 nonce + 32 + 16 tag), the value sealed (12 nonce + n + 16 tag). Version 1 had no name.</remarks>
/// <param name="keys">The installation's keys, 32 bytes each, the newest last; at least one.</param>
public sealed class Envelope(IReadOnlyList<byte[]> keys)
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes at the beginning of a sealed value that tell under which key it is.</summary>
    public const int PrefixLength = 1 + NameLength;

    private const byte Nameless = 1;
    private const byte Named = 2;
    private const int NameLength = 8;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int SealedKeyLength = NonceLength + KeyLength + TagLength;

    private readonly ImmutableArray<(byte[] Prefix, byte[] Key)> ring = [.. keys.Select(static key => (PrefixOf(key), key))];

    /// <summary>With one key.</summary>
    public Envelope(byte[] key)
        : this([key])
    {
    }

    /// <summary>How every value begins that is sealed with a key; nothing can be learnt of the key from it.</summary>
    public static byte[] PrefixOf(byte[] key) => [Named, .. HMACSHA256.HashData(key, "sisote envelope key"u8)[..NameLength]];

    /// <summary>Whether a value is under a key that is not on file here.</summary>
    public bool IsUnderUnknown(ReadOnlySpan<byte> sealedBytes)
    {
        var prefix = sealedBytes.Length < PrefixLength ? [] : sealedBytes[..PrefixLength].ToArray();
        return prefix is [Named, ..] && !ring.Any(key => key.Prefix.AsSpan().SequenceEqual(prefix));
    }

    /// <summary>Seals a value.</summary>
    public byte[] Seal(ReadOnlySpan<byte> value, string boundTo)
    {
        var (prefix, key) = ring[^1];
        var sealedBytes = new byte[PrefixLength + SealedKeyLength + NonceLength + value.Length + TagLength];
        prefix.CopyTo(sealedBytes, 0);
        Span<byte> own = stackalloc byte[KeyLength];
        RandomNumberGenerator.Fill(own);
        var context = Encoding.UTF8.GetBytes(boundTo);
        using var master = new AesGcm(key, TagLength); // one for each use: an AesGcm is not safe for several threads
        Encrypt(master, own, context, sealedBytes.AsSpan(PrefixLength, SealedKeyLength));
        using var aes = new AesGcm(own, TagLength);
        Encrypt(aes, value, context, sealedBytes.AsSpan(PrefixLength + SealedKeyLength));
        CryptographicOperations.ZeroMemory(own);
        return sealedBytes;
    }

    /// <summary>Opens what <see cref="Seal"/> made for the same place.</summary>
    /// <exception cref="CryptographicException">A key that is not on file, another place, or changed bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string boundTo)
    {
        var context = Encoding.UTF8.GetBytes(boundTo);
        if (sealedBytes is [Named, ..] && sealedBytes.Length >= PrefixLength + SealedKeyLength + NonceLength + TagLength)
        {
            foreach (var (prefix, key) in ring)
            {
                if (sealedBytes.StartsWith(prefix))
                {
                    return Open(key, sealedBytes[PrefixLength..], context);
                }
            }
        }
        else if (sealedBytes is [Nameless, ..] && sealedBytes.Length >= 1 + SealedKeyLength + NonceLength + TagLength)
        {
            return OpenNameless(sealedBytes[1..], context);
        }

        throw new CryptographicException("Not a value that is sealed with a key on file.");
    }

    /// <summary>Tries the keys from the oldest on: values without a name are older than any second key.</summary>
    private byte[] OpenNameless(ReadOnlySpan<byte> sealedBytes, byte[] context)
    {
        for (var place = 0; ; place++)
        {
            try
            {
                return Open(ring[place].Key, sealedBytes, context);
            }
            catch (AuthenticationTagMismatchException) when (place < ring.Length - 1)
            {
                // the next key
            }
        }
    }

    private static byte[] Open(byte[] key, ReadOnlySpan<byte> sealedBytes, byte[] context)
    {
        using var master = new AesGcm(key, TagLength);
        var own = Decrypt(master, sealedBytes[..SealedKeyLength], context);
        using var aes = new AesGcm(own, TagLength);
        CryptographicOperations.ZeroMemory(own);
        return Decrypt(aes, sealedBytes[SealedKeyLength..], context);
    }

    private static void Encrypt(AesGcm aes, ReadOnlySpan<byte> plain, byte[] context, Span<byte> destination)
    {
        var nonce = destination[..NonceLength];
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, destination.Slice(NonceLength, plain.Length), destination[(NonceLength + plain.Length)..], context);
    }

    private static byte[] Decrypt(AesGcm aes, ReadOnlySpan<byte> bytes, byte[] context)
    {
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        aes.Decrypt(bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..], plain, context);
        return plain;
    }
}
