// The public key of a disclosure log.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Sisote.Client;

/// <summary>An Ed25519 key with its name, written as a C2SP verifier key, <c>name+hex(key id)+base64(type || key)</c>. Get it from the operator by another way than the gateway.</summary>
public sealed class LogKey
{
    private const byte Ed25519 = 0x01;
    private const int Length = 32;

    private readonly PublicKey key;

    private LogKey(string name, uint id, PublicKey key) => (Name, Id, this.key) = (name, id, key);

    /// <summary>The log's name.</summary>
    public string Name { get; }

    /// <summary>Short id of the key.</summary>
    internal uint Id { get; }

    /// <summary>Reads the key.</summary>
    /// <exception cref="FormatException">Malformed, not Ed25519, or the id does not belong to the key.</exception>
    public static LogKey Parse(string text) => TryParse(text, out var key) ? key : throw new FormatException("Not the Ed25519 verifier key of a log.");

    /// <summary>Reads the key; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LogKey? log)
    {
        log = null;
        var bytes = new byte[Length + 4];
        if (text?.Split('+', 3) is not [{ Length: > 0 } name, var hex, var encoded]
            || name.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
            || !Convert.TryFromBase64String(encoded, bytes, out var length) || length != 1 + Length || bytes[0] != Ed25519
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes.AsSpan(1, Length), KeyBlobFormat.RawPublicKey, out var key) || key is null)
        {
            return false;
        }

        var id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. bytes.AsSpan(0, length)]));
        if (id.ToString("x8", CultureInfo.InvariantCulture) != hex)
        {
            return false;
        }

        log = new LogKey(name, id, key);
        return true;
    }

    internal bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(key, text, signature);
}
