// A secret of 32 bytes in a file that only its owner can read.
using System.Security.Cryptography;
using Sisote.Consent.Storage;

namespace Sisote.Consent.Clients;

/// <summary>Reads a key file (base64 of 32 bytes), or makes it at the first start of an embedded installation.</summary>
internal static class KeyFile
{
    public const int Length = 32;

    /// <summary>The key.</summary>
    /// <exception cref="ConsentStartException">The file is missing and may not be made, or holds something else.</exception>
    public static byte[] Read(string directory, string name, bool make)
    {
        var file = Path.Combine(directory, name);
        try
        {
            if (make && !File.Exists(file))
            {
                Make(file);
            }

            var text = File.ReadAllText(file).Trim();
            var key = new byte[Length];
            return Convert.TryFromBase64String(text, key, out var written) && written == Length
                ? key
                : throw new ConsentStartException($"`{file}` must hold 32 bytes in base64, and nothing else. Put the right key file back.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConsentStartException($"The consent service cannot read its key `{file}`. Put the key file there (32 random bytes in base64, readable by this user only).", fault);
        }
    }

    /// <summary>Makes a further key.</summary>
    /// <exception cref="ConsentStartException">The file stands there already, or cannot be written.</exception>
    public static void Add(string directory, string name)
    {
        try
        {
            Make(Path.Combine(directory, name));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConsentStartException($"The consent service cannot write the key `{name}`.", fault);
        }
    }

    private static void Make(string file) => SecretFile.Write(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
}
