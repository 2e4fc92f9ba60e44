// A system's private key as `sisote init` writes it.
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sisote.Client;

/// <summary>A P-256 key of a JWK file (RFC 7517). It signs assertions (ES256) and is shown by nothing.</summary>
public sealed class PrivateKey
{
    private readonly ECParameters parameters;

    private PrivateKey(string id, ECParameters parameters) => (Id, this.parameters) = (id, parameters);

    /// <summary>The key's id (<c>kid</c>), as in the public key set.</summary>
    public string Id { get; }

    /// <summary>Reads a JWK file.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds no private P-256 key with a <c>kid</c>.</exception>
    public static PrivateKey Read(string file) => Parse(File.ReadAllText(file));

    /// <summary>Reads a JWK.</summary>
    /// <exception cref="CryptographicException">It is no private P-256 key with a <c>kid</c>.</exception>
    public static PrivateKey Parse(string jwk)
    {
        try
        {
            using var json = JsonDocument.Parse(jwk);
            var root = json.RootElement;
            if (Text("kty") != "EC" || Text("crv") != "P-256" || Text("kid") is not { Length: > 0 } id)
            {
                throw new CryptographicException("The JWK is no P-256 key with a kid.");
            }

            var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") }, D = Bytes("d") };
            using var tried = ECDsa.Create(parameters); // finds halves that do not belong together
            return new PrivateKey(id, parameters);

            string? Text(string name) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            byte[] Bytes(string name) => Base64Url.DecodeFromChars(Text(name) ?? throw new CryptographicException($"The JWK has no `{name}`."));
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            throw new CryptographicException("The file holds no JWK.", fault);
        }
    }

    /// <summary>Signs as JWS wants it (RFC 7518 section 3.4).</summary>
    internal byte[] Sign(ReadOnlySpan<byte> content)
    {
        using var key = ECDsa.Create(parameters);
        return key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
