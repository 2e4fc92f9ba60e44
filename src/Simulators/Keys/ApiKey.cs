// How a simulated system knows that another system calls.
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Simulators.Keys;

/// <summary>A shared key in a request header, compared in constant time. No call to a simulated system is anonymous, on loopback either.</summary>
/// <remarks>The key is made at the first start and lies in a file that only the owner can read.</remarks>
internal sealed class ApiKey
{
    /// <summary>The header.</summary>
    public const string Header = "X-Api-Key";

    private readonly byte[] hash;

    private ApiKey(string key) => hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Reads the key, or makes it.</summary>
    public static ApiKey Open(string file) => new(ReadOrMake(file));

    /// <summary>Reads a secret, or makes a random one in a file for the owner alone.</summary>
    public static string ReadOrMake(string file)
    {
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(file, options);
            writer.Write(RandomNumberGenerator.GetHexString(48, lowercase: true));
        }

        return File.ReadAllText(file).Trim() is { Length: >= 32 } secret ? secret : throw new InvalidDataException($"`{file}` holds no secret of at least 32 characters.");
    }

    /// <summary>Whether the request carries the key.</summary>
    public bool Opens(HttpRequest request) =>
        request.Headers[Header] is [{ Length: > 0 } given] && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), hash);
}
