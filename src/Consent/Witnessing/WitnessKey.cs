// The key that cosigns other installations' checkpoints.
using Sisote.DisclosureLog.Witness;

namespace Sisote.Consent.Witnessing;

/// <summary>Reads the witness's key, or makes it at the first start of an embedded installation. The public half lies beside it for whoever wants to be watched.</summary>
internal sealed class WitnessKey : IDisposable
{
    public const string SecretFile = "consent.witness.key";
    public const string PublicFile = "consent.witness.vkey";

    private readonly string file;

    private WitnessKey(string file, WitnessSigner? signer) => (this.file, Signer) = (file, signer);

    /// <summary>The key; null where there is none and none is needed.</summary>
    public WitnessSigner? Signer { get; }

    /// <summary>The key, for whoever cannot go on without it.</summary>
    /// <exception cref="ConsentStartException">There is none.</exception>
    public WitnessSigner Require() => Signer
        ?? throw new ConsentStartException($"The deployment watches other logs, and there is no key `{file}` to cosign with. Put the key file there, or let it be made with Sisote:Consent:MakeKeys.");

    /// <summary>Reads the key.</summary>
    /// <param name="directory">The key folder.</param>
    /// <param name="name">The name for a new key.</param>
    /// <param name="make">Whether a missing key is made.</param>
    /// <exception cref="ConsentStartException">The file is there and cannot be used.</exception>
    public static WitnessKey Read(string directory, string name, bool make)
    {
        var file = Path.Combine(directory, SecretFile);
        try
        {
            if (make && !File.Exists(file))
            {
                Make(directory, file, name);
            }

            if (!File.Exists(file))
            {
                return new WitnessKey(file, null);
            }

#pragma warning disable CA2000 // the key keeps the signer and disposes of it
            return WitnessSigner.TryParse(File.ReadAllText(file).Trim(), out var signer)
#pragma warning restore CA2000
                ? new WitnessKey(file, signer)
                : throw new ConsentStartException($"`{file}` holds no signing key of a witness. Put the right key file back.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConsentStartException($"The consent service cannot read the witness's key `{file}`. Put the key file there, readable by this user only.", fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Signer?.Dispose();

    private static void Make(string directory, string file, string name)
    {
        using var signer = WitnessSigner.Generate(name);
        Storage.SecretFile.Write(file, signer.RevealSecret());
        File.WriteAllText(Path.Combine(directory, PublicFile), signer.Verifier + "\n");
    }
}
