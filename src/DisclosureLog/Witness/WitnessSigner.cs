// The private key of a witness.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NSec.Cryptography;
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.DisclosureLog.Witness;

/// <summary>An Ed25519 private key that cosigns checkpoints of logs and nothing else.</summary>
/// <remarks>Its text form is that of <see cref="NoteSigner"/> with signature type 0x04. <see cref="ToString"/> does not show it; <see cref="RevealSecret"/> is the only way out, for the key file.</remarks>
public sealed class WitnessSigner : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly Key key;

    private WitnessSigner(string name, Key key)
    {
        this.key = key;
        Verifier = WitnessVerifier.Of(name, key.PublicKey);
    }

    /// <summary>The public half.</summary>
    public WitnessVerifier Verifier { get; }

    /// <summary>Makes a new key.</summary>
    /// <exception cref="FormatException">The name is empty or holds a space or a plus sign.</exception>
    public static WitnessSigner Generate(string name)
    {
        var seed = RandomNumberGenerator.GetBytes(KeyNames.KeyLength);
        try
        {
            return FromSeed(name, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Reads the text form; false when it is malformed, of another type, or the key id does not belong to the key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? secret, [NotNullWhen(true)] out WitnessSigner? signer)
    {
        signer = null;
        Span<byte> bytes = stackalloc byte[KeyNames.KeyLength + 4];
        if (secret is null
            || !secret.StartsWith(Prefix, StringComparison.Ordinal)
            || secret[Prefix.Length..].Split('+', 3) is not [var name, var keyId, var encoded]
            || !KeyNames.IsValidName(name)
            || !Convert.TryFromBase64String(encoded, bytes, out var length)
            || length != 1 + KeyNames.KeyLength
            || bytes[0] != KeyNames.Cosignature)
        {
            return false;
        }

        var candidate = FromSeed(name, bytes[1..length]);
        CryptographicOperations.ZeroMemory(bytes);
        if (candidate.Verifier.KeyId.ToString("x8", CultureInfo.InvariantCulture) == keyId)
        {
            signer = candidate;
            return true;
        }

        candidate.Dispose();
        return false;
    }

    /// <summary>States that at this time the checkpoint is of the largest consistent tree that this witness has seen of its log.</summary>
    public NoteSignature Cosign(Checkpoint checkpoint, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1, nameof(at)); // C2SP tlog-witness: never without a time
        return Cosignature.Join(Verifier, seconds, SignatureAlgorithm.Ed25519.Sign(key, Cosignature.MessageOf(checkpoint.Text, seconds)));
    }

    /// <summary>The text form with the private key in it; for the key file alone.</summary>
    public string RevealSecret()
    {
        var seed = key.Export(KeyBlobFormat.RawPrivateKey);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Verifier.Name}+{Verifier.KeyId:x8}+{Convert.ToBase64String([KeyNames.Cosignature, .. seed])}");
    }

    /// <summary>The public half; never the secret.</summary>
    public override string ToString() => Verifier.ToString();

    /// <inheritdoc />
    public void Dispose() => key.Dispose();

    private static WitnessSigner FromSeed(string name, ReadOnlySpan<byte> seed)
    {
        if (!KeyNames.IsValidName(name))
        {
            throw new FormatException("The name of a key holds no space and no plus sign.");
        }

        var parameters = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return new WitnessSigner(name, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, parameters));
    }
}
