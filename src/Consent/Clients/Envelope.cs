// Seals what must not stand in the database in clear.
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Consent.Clients;

/// <summary>Envelope encryption: each value has its own AES-256-GCM key, which is sealed with the installation's key. A value is bound to its client and column, so rows cannot be swapped.</summary>
/// <remarks>Bytes: version (1), the value's key sealed (12 nonce + 32 + 16 tag), the value sealed (12 nonce + n + 16 tag).</remarks>
internal sealed class Envelope(byte[] key)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int SealedKeyLength = NonceLength + KeyFile.Length + TagLength;

    /// <summary>Seals a value.</summary>
    public byte[] Seal(ReadOnlySpan<byte> value, string boundTo)
    {
        var sealedBytes = new byte[1 + SealedKeyLength + NonceLength + value.Length + TagLength];
        sealedBytes[0] = Version;
        Span<byte> own = stackalloc byte[KeyFile.Length];
        RandomNumberGenerator.Fill(own);
        var context = Encoding.UTF8.GetBytes(boundTo);
        using var master = new AesGcm(key, TagLength); // one for each use: an AesGcm is not safe for several threads
        Encrypt(master, own, context, sealedBytes.AsSpan(1, SealedKeyLength));
        using var aes = new AesGcm(own, TagLength);
        Encrypt(aes, value, context, sealedBytes.AsSpan(1 + SealedKeyLength));
        CryptographicOperations.ZeroMemory(own);
        return sealedBytes;
    }

    /// <summary>Opens what <see cref="Seal"/> made for the same place.</summary>
    /// <exception cref="CryptographicException">Another key, another place, or changed bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string boundTo)
    {
        if (sealedBytes.Length < 1 + SealedKeyLength + NonceLength + TagLength || sealedBytes[0] != Version)
        {
            throw new CryptographicException("Not a sealed value of this version.");
        }

        var context = Encoding.UTF8.GetBytes(boundTo);
        using var master = new AesGcm(key, TagLength);
        var own = Decrypt(master, sealedBytes.Slice(1, SealedKeyLength), context);
        using var aes = new AesGcm(own, TagLength);
        CryptographicOperations.ZeroMemory(own);
        return Decrypt(aes, sealedBytes[(1 + SealedKeyLength)..], context);
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
