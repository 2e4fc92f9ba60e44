// The secret from which all handles and idempotency keys of this installation are made.
using System.Security.Cryptography;

namespace Sisote.Gateway.Handles;

/// <summary>The gateway's own secret of 32 bytes. All replicas need the same one; losing it turns every handle given out into "not found".</summary>
internal sealed class HandleKey
{
    internal const string FileName = "gateway-handles.key";

    private const int Size = 32;
    private readonly byte[] secret;

    internal HandleKey(byte[] secret) => this.secret = secret is { Length: Size }
        ? secret
        : throw new CryptographicException($"The handle key has {secret.Length} bytes instead of {Size}.");

    /// <summary>Reads the key of a folder; makes it first where that is allowed and none is there.</summary>
    /// <exception cref="IOException">No key is there and none may be made.</exception>
    internal static HandleKey Open(string keyDirectory, bool mayCreate)
    {
        var file = Path.Combine(keyDirectory, FileName);
        if (!File.Exists(file) && mayCreate)
        {
            Create(keyDirectory, file);
        }

        return File.Exists(file)
            ? new HandleKey(Convert.FromBase64String(File.ReadAllText(file).Trim()))
            : throw new IOException($"The gateway needs its handle key: put 32 random bytes in base64 into `{file}`, the same for every replica.");
    }

    /// <summary>A key for one use and one owner of it.</summary>
    internal byte[] Derive(string use, string owner) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Size, info: System.Text.Encoding.UTF8.GetBytes($"sisote/{use}/{owner}"));

    private static void Create(string keyDirectory, string file)
    {
        Directory.CreateDirectory(keyDirectory);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size)));
    }
}
