// The private key of a log.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Sisote.DisclosureLog.Checkpoints;

/// <summary>An Ed25519 private key with its name. It signs notes and receipts.</summary>
/// <remarks>
/// Its text form, <c>PRIVATE+KEY+name+hex(key id)+base64(type || seed)</c>, is the one that the Go sumdb/note package and Tessera read.
/// <see cref="ToString"/> does not show it; <see cref="RevealSecret"/> is the only way out, for the key file.
/// </remarks>
public sealed class NoteSigner : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly Key key;

    private NoteSigner(string name, Key key)
    {
        this.key = key;
        Verifier = NoteVerifier.Of(name, key.PublicKey);
    }

    /// <summary>The public half.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>Makes a new key.</summary>
    /// <exception cref="FormatException">The name is empty or holds a space or a plus sign.</exception>
    public static NoteSigner Generate(string name)
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

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">Malformed, not Ed25519, or the key id does not belong to the key.</exception>
    public static NoteSigner Parse(string secret) => TryParse(secret, out var signer) ? signer : throw new FormatException("Not an Ed25519 signing key.");

    /// <summary>Reads the text form; false where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse([NotNullWhen(true)] string? secret, [NotNullWhen(true)] out NoteSigner? signer)
    {
        signer = null;
        Span<byte> bytes = stackalloc byte[KeyNames.KeyLength + 4];
        if (secret is null
            || !secret.StartsWith(Prefix, StringComparison.Ordinal)
            || secret[Prefix.Length..].Split('+', 3) is not [var name, var keyId, var encoded]
            || !KeyNames.IsValidName(name)
            || !Convert.TryFromBase64String(encoded, bytes, out var length)
            || length != 1 + KeyNames.KeyLength
            || bytes[0] != KeyNames.Ed25519)
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

    /// <summary>Signs a text that ends with a newline.</summary>
    public Note Sign(string text)
    {
        if (!text.EndsWith('\n'))
        {
            throw new ArgumentException("The text of a note ends with a newline.", nameof(text));
        }

        return new Note { Text = text, Signatures = [new NoteSignature(Verifier.Name, Verifier.KeyId, [.. SignBytes(Encoding.UTF8.GetBytes(text))])] };
    }

    /// <summary>The text form with the private key in it; for the key file alone.</summary>
    public string RevealSecret()
    {
        var seed = key.Export(KeyBlobFormat.RawPrivateKey);
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Verifier.Name}+{Verifier.KeyId:x8}+{Convert.ToBase64String([KeyNames.Ed25519, .. seed])}");
    }

    /// <summary>The public half; never the secret.</summary>
    public override string ToString() => Verifier.ToString();

    /// <inheritdoc />
    public void Dispose() => key.Dispose();

    internal byte[] SignBytes(ReadOnlySpan<byte> text) => SignatureAlgorithm.Ed25519.Sign(key, text);

    private static NoteSigner FromSeed(string name, ReadOnlySpan<byte> seed)
    {
        if (!KeyNames.IsValidName(name))
        {
            throw new FormatException("The name of a key holds no space and no plus sign.");
        }

        var parameters = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return new NoteSigner(name, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, parameters));
    }
}
