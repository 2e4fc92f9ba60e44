// A public key that cosignatures of witnesses are checked with.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NSec.Cryptography;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.DisclosureLog.Witness;

/// <summary>The Ed25519 public key of a witness with its name; written as a C2SP verifier key of signature type 0x04.</summary>
/// <remarks>Another type than <see cref="NoteVerifier"/>, so that the key of a log is never taken for the key of a witness.</remarks>
public sealed class WitnessVerifier
{
    private readonly PublicKey key;

    private WitnessVerifier(string name, PublicKey key)
    {
        Name = name;
        this.key = key;
        KeyId = KeyNames.IdOf(name, key.Export(KeyBlobFormat.RawPublicKey), KeyNames.Cosignature);
    }

    /// <summary>Name of the witness.</summary>
    public string Name { get; }

    /// <summary>Short identifier of the key.</summary>
    public uint KeyId { get; }

    /// <summary>Reads a vkey.</summary>
    /// <exception cref="FormatException">Malformed, of another type, or the key id does not belong to the key.</exception>
    public static WitnessVerifier Parse(string vkey) => TryParse(vkey, out var verifier) ? verifier : throw new FormatException("Not the verifier key of a witness.");

    /// <summary>Reads a vkey; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? vkey, [NotNullWhen(true)] out WitnessVerifier? verifier)
    {
        verifier = null;
        Span<byte> bytes = stackalloc byte[KeyNames.KeyLength + 4];
        if (vkey?.Split('+', 3) is not [var name, _, var encoded]
            || !KeyNames.IsValidName(name)
            || !Convert.TryFromBase64String(encoded, bytes, out var length)
            || length != 1 + KeyNames.KeyLength
            || bytes[0] != KeyNames.Cosignature
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes[1..length], KeyBlobFormat.RawPublicKey, out var key)
            || key is null)
        {
            return false;
        }

        var candidate = new WitnessVerifier(name, key);
        verifier = candidate.ToString() == vkey ? candidate : null;
        return verifier is not null;
    }

    /// <summary>When this witness cosigned the text; null where the line is not its own, or its signature does not verify.</summary>
    public DateTimeOffset? FindTime(string text, NoteSignature line) =>
        line.Name == Name && line.KeyId == KeyId
        && Cosignature.TrySplit(line, out var seconds, out var signature)
        && SignatureAlgorithm.Ed25519.Verify(key, Cosignature.MessageOf(text, seconds), signature.AsSpan())
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The vkey.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([KeyNames.Cosignature, .. key.Export(KeyBlobFormat.RawPublicKey)])}");

    internal static WitnessVerifier Of(string name, PublicKey key) => new(name, key);
}
