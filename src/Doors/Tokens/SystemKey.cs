// A system's private key file.
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Sisote.Doors.Tokens;

/// <summary>A system's signing key (ES256), kept as a private JWK in a file that only the owner can read.</summary>
public sealed class SystemKey
{
    private readonly JsonWebKey jwk;

    private SystemKey(JsonWebKey jwk) => this.jwk = jwk;

    /// <summary>What signs.</summary>
    public SigningCredentials Credentials => new(jwk, SecurityAlgorithms.EcdsaSha256);

    /// <summary>Where the private key of a system lies in a key folder.</summary>
    public static string PrivateFile(string keyDirectory, string system) => Path.Combine(keyDirectory, system + ".private.jwk.json");

    /// <summary>Where the public keys of a system lie in a key folder.</summary>
    public static string PublicFile(string keyDirectory, string system) => Path.Combine(keyDirectory, system + ".jwks.json");

    /// <summary>Reads a private key.</summary>
    /// <exception cref="IOException">The file is not there or not readable.</exception>
    /// <exception cref="CryptographicException">The file holds no private P-256 key.</exception>
    public static SystemKey Read(string privateFile)
    {
        var jwk = JsonWebKey.Create(File.ReadAllText(privateFile));
        return jwk is { Kty: "EC", Crv: "P-256", HasPrivateKey: true }
            ? new SystemKey(jwk)
            : throw new CryptographicException($"`{privateFile}` holds no private P-256 key.");
    }

    /// <summary>Makes a key pair and writes both files, unless the private one is there already.</summary>
    public static void Ensure(string keyDirectory, string system)
    {
        var privateFile = PrivateFile(keyDirectory, system);
        if (File.Exists(privateFile))
        {
            return;
        }

        Directory.CreateDirectory(keyDirectory);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: true);
        var (x, y, d) = (Base64UrlEncoder.Encode(point.Q.X!), Base64UrlEncoder.Encode(point.Q.Y!), Base64UrlEncoder.Encode(point.D!));
        var kid = Base64UrlEncoder.Encode(SHA256.HashData(point.Q.X!)[..12]);
        var common = $"\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"{kid}\",\"x\":\"{x}\",\"y\":\"{y}\"";
        File.WriteAllText(PublicFile(keyDirectory, system), $"{{\"keys\":[{{{common}}}]}}\n");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(privateFile, options);
        writer.WriteLine($"{{{common},\"d\":\"{d}\"}}");
    }
}
