// The authority's own keys.
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors;
using Sisote.Doors.Tokens;

namespace Sisote.Identity.Keys;

/// <summary>The ES256 key that signs every token, and the key that encrypts codes and refresh tokens (which only the authority itself reads).</summary>
/// <remarks>Made at the first start where one process uses its own SQLite file; with PostgreSQL every replica must be given the same files.</remarks>
internal sealed record AuthorityKeys(SecurityKey Signing, SymmetricSecurityKey Encryption)
{
    internal const string Name = "sisote-identity";

    private const int EncryptionBytes = 32;

    internal static AuthorityKeys Open(RoomSettings settings, IdentityOptions options)
    {
        var signingFile = SystemKey.PrivateFile(settings.KeyDirectory, Name);
        var encryptionFile = Path.Combine(settings.KeyDirectory, Name + ".encryption.key");
        if (options.PostgreSql is null)
        {
            SystemKey.Ensure(settings.KeyDirectory, Name);
            EnsureEncryptionKey(encryptionFile);
        }
        else if (!File.Exists(signingFile) || !File.Exists(encryptionFile))
        {
            throw new InvalidOperationException(
                $"With PostgreSQL the authority's keys are given, not made: put `{Path.GetFileName(signingFile)}` (a private P-256 JWK) and `{Path.GetFileName(encryptionFile)}` ({EncryptionBytes} random bytes) into the key folder of every replica.");
        }

        return new AuthorityKeys(ReadSigningKey(signingFile), ReadEncryptionKey(encryptionFile));
    }

    private static SecurityKey ReadSigningKey(string file)
    {
        var jwk = (JsonWebKey)SystemKey.Read(file).Credentials.Key;
        if (!JsonWebKeyConverter.TryConvertToSecurityKey(jwk, out var key) || key is not ECDsaSecurityKey)
        {
            throw new CryptographicException($"`{file}` holds no private P-256 key.");
        }

        key.KeyId = jwk.Kid;
        return key;
    }

    private static SymmetricSecurityKey ReadEncryptionKey(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.Length == EncryptionBytes
            ? new SymmetricSecurityKey(bytes)
            : throw new CryptographicException($"`{file}` does not hold {EncryptionBytes} bytes.");
    }

    private static void EnsureEncryptionKey(string file)
    {
        if (File.Exists(file))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(RandomNumberGenerator.GetBytes(EncryptionBytes));
    }
}
