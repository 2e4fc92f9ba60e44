// The key that signs checkpoints and receipts.
using Sisote.DisclosureLog.Checkpoints;

namespace Sisote.Consent.Keeping;

/// <summary>Reads the log's signing key, or makes it at the first start of an embedded installation. The public half lies beside it for whoever wants to verify.</summary>
internal static class LogKey
{
    public const string SecretFile = "consent.log.key";
    public const string PublicFile = "consent.log.vkey";

    /// <summary>The key.</summary>
    /// <param name="directory">The key folder.</param>
    /// <param name="origin">The log's name, where the configuration states it.</param>
    /// <param name="defaultOrigin">The name for a new key where it does not.</param>
    /// <param name="make">Whether a missing key is made.</param>
    /// <exception cref="ConsentStartException">The file is missing, unreadable, or belongs to a log of another name.</exception>
    public static NoteSigner Read(string directory, string? origin, string defaultOrigin, bool make)
    {
        var file = Path.Combine(directory, SecretFile);
        try
        {
            if (make && !File.Exists(file))
            {
                Make(directory, file, origin ?? defaultOrigin);
            }

            if (!NoteSigner.TryParse(File.ReadAllText(file).Trim(), out var signer))
            {
                throw new ConsentStartException($"`{file}` holds no signing key of a log. Put the right key file back.");
            }

            return origin is null || signer.Verifier.Name == origin
                ? signer
                : throw new ConsentStartException($"The key `{file}` belongs to the log `{signer.Verifier.Name}`, but Sisote:Consent:LogOrigin says `{origin}`.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConsentStartException($"The consent service cannot read the log's key `{file}`. Put the key file there, readable by this user only.", fault);
        }
    }

    private static void Make(string directory, string file, string origin)
    {
        using var signer = NoteSigner.Generate(origin);
        Storage.SecretFile.Write(file, signer.RevealSecret());
        File.WriteAllText(Path.Combine(directory, PublicFile), signer.Verifier + "\n");
    }
}
