// A system's private key file.
using System.Security.Cryptography;
using System.Text.Json;
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
    public static SystemKey Read(string privateFile) =>
        Parse(File.ReadAllText(privateFile)) is { } jwk
            ? new SystemKey(jwk)
            : throw new CryptographicException($"`{privateFile}` holds no private P-256 key.");

    /// <summary>Makes a key pair and writes both files, unless they are there already; several processes may do so at once.</summary>
    /// <remarks>The private file decides: a missing public file is written anew from it.</remarks>
    public static void Ensure(string keyDirectory, string system)
    {
        var privateFile = PrivateFile(keyDirectory, system);
        var publicFile = PublicFile(keyDirectory, system);
        if (!File.Exists(privateFile))
        {
            CreateFolder(keyDirectory);
            TryWriteNew(privateFile, MakePrivateKey());
        }

        if (!File.Exists(publicFile))
        {
            var jwk = Read(privateFile).jwk;
            TryWriteNew(publicFile, $"{{\"keys\":[{{{Common(jwk.Kid, jwk.X, jwk.Y)}}}]}}");
        }
    }

    private static JsonWebKey? Parse(string text)
    {
        try
        {
            var jwk = JsonWebKey.Create(text);
            return jwk is { Kty: "EC", Crv: "P-256", HasPrivateKey: true, X: not null, Y: not null } ? jwk : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string MakePrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: true);
        var kid = Base64UrlEncoder.Encode(SHA256.HashData([.. point.Q.X!, .. point.Q.Y!])[..12]);
        return $"{{{Common(kid, Base64UrlEncoder.Encode(point.Q.X!), Base64UrlEncoder.Encode(point.Q.Y!))},\"d\":\"{Base64UrlEncoder.Encode(point.D!)}\"}}";
    }

    private static string Common(string kid, string x, string y) =>
        $"\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"{kid}\",\"x\":\"{x}\",\"y\":\"{y}\"";

    // Written aside and moved, so that nobody ever reads half a key; the first of several writers wins.
    private static void TryWriteNew(string file, string text)
    {
        var aside = $"{file}.{Guid.CreateVersion7():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(aside, options))
        {
            writer.WriteLine(text);
        }

        try
        {
            File.Move(aside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
        }
    }
}
