// A public key that notes are checked with.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NSec.Cryptography;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>An Ed25519 public key with its name; written as a C2SP verifier key (vkey), <c>name+hex(key id)+base64(type || public key)</c>.</summary>
public sealed class NoteVerifier
{
    private readonly PublicKey key;

    private NoteVerifier(string name, PublicKey key)
    {
        Name = name;
        this.key = key;
        KeyId = KeyNames.IdOf(name, key.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>Name of the key.</summary>
    public string Name { get; }

    /// <summary>Short identifier of the key.</summary>
    public uint KeyId { get; }

    /// <summary>Reads a vkey.</summary>
    /// <exception cref="FormatException">Malformed, not Ed25519, or the key id does not belong to the key.</exception>
    public static NoteVerifier Parse(string vkey) => TryParse(vkey, out var verifier) ? verifier : throw new FormatException("Not an Ed25519 verifier key.");

    /// <summary>Reads a vkey; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? vkey, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        Span<byte> bytes = stackalloc byte[KeyNames.KeyLength + 4];
        if (vkey?.Split('+', 3) is not [var name, _, var encoded]
            || !KeyNames.IsValidName(name)
            || !Convert.TryFromBase64String(encoded, bytes, out var length)
            || length != 1 + KeyNames.KeyLength
            || bytes[0] != KeyNames.Ed25519
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes[1..length], KeyBlobFormat.RawPublicKey, out var key)
            || key is null)
        {
            return false;
        }

        var candidate = new NoteVerifier(name, key);
        verifier = candidate.ToString() == vkey ? candidate : null;
        return verifier is not null;
    }

    /// <summary>The vkey.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([KeyNames.Ed25519, .. key.Export(KeyBlobFormat.RawPublicKey)])}");

    internal static NoteVerifier Of(string name, PublicKey key) => new(name, key);

    internal bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(key, text, signature);
}
