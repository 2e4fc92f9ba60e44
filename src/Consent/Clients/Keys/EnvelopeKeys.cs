// The keys on file that values are sealed with.
using System.Globalization;
using System.Security.Cryptography;
using Sisote.Doors.Sealing;

namespace Sisote.Consent.Clients.Keys;

/// <summary>A key file.</summary>
internal sealed record EnvelopeKey(int Number, byte[] Key)
{
    /// <summary>How values under it begin.</summary>
    public byte[] Prefix { get; } = Envelope.PrefixOf(Key);
}

/// <summary>
/// Key 1 is the first file, the others have their number in the file's name. All of them open, the newest seals. Another replica may put a new file there: the folder is looked at again when a value names an
/// unknown key, and now and then.
/// </summary>
internal sealed class EnvelopeKeys
{
    public const string FirstFile = "consent.envelope.key";
    private const string Retired = ".retired";

    private readonly string directory;
    private volatile Ring ring;

    private EnvelopeKeys(string directory, Ring ring) => (this.directory, this.ring) = (directory, ring);

    /// <summary>The keys on file, oldest first.</summary>
    public IReadOnlyList<EnvelopeKey> All => ring.Keys;

    /// <summary>The one that seals.</summary>
    public EnvelopeKey Newest => ring.Keys[^1];

    /// <summary>Reads the key files; makes the first where there is none and it may be made.</summary>
    /// <exception cref="ConsentStartException">None is there, or one is unreadable.</exception>
    public static EnvelopeKeys Read(string directory, bool make)
    {
        if (Numbers(directory).Count == 0)
        {
            KeyFile.Read(directory, FirstFile, make);
        }

        return new EnvelopeKeys(directory, Load(directory));
    }

    /// <summary>Whether there is a key file in a folder.</summary>
    /// <exception cref="ConsentStartException">The folder cannot be looked into.</exception>
    public static bool AreIn(string directory) => Numbers(directory).Count > 0;

    public byte[] Seal(ReadOnlySpan<byte> value, string boundTo) => ring.Envelope.Seal(value, boundTo);

    /// <exception cref="CryptographicException">It cannot be opened with any key on file.</exception>
    public byte[] Open(byte[] sealedBytes, string boundTo)
    {
        if (ring.Envelope.IsUnderUnknown(sealedBytes))
        {
            Reload();
        }

        return ring.Envelope.Open(sealedBytes, boundTo);
    }

    /// <summary>Looks at the folder again; keeps what it had where a file cannot be read.</summary>
    public void Reload()
    {
        try
        {
            ring = Load(directory);
        }
        catch (ConsentStartException)
        {
            // a file that is just being written, or a folder that is away: what was on file opens still
        }
    }

    /// <summary>Makes a new key, which seals from now on; its number.</summary>
    /// <exception cref="ConsentStartException">It cannot be written.</exception>
    public int Add()
    {
        var number = Math.Max(Numbers(directory).LastOrDefault(), Newest.Number) + 1;
        KeyFile.Add(directory, FileOf(number));
        ring = Load(directory);
        return number;
    }

    /// <summary>Puts a key aside: it opens nothing any more, and can be put back by its old name.</summary>
    public void Retire(int number)
    {
        File.Move(Path.Combine(directory, FileOf(number)), Path.Combine(directory, FileOf(number) + Retired));
        ring = Load(directory);
    }

    private static string FileOf(int number) => number == 1 ? FirstFile : string.Create(CultureInfo.InvariantCulture, $"consent.envelope.{number}.key");

    private static List<int> Numbers(string directory)
    {
        try
        {
            return !Directory.Exists(directory) ? [] : [.. Directory.EnumerateFiles(directory, "consent.envelope.*key").Select(Path.GetFileName).Select(static name => NumberOf(name!)).OfType<int>().Order()];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConsentStartException($"The consent service cannot look into its key folder `{directory}`. Make it readable for this user.", fault);
        }
    }

    private static int? NumberOf(string name) =>
        name == FirstFile ? 1 : name.Split('.') is ["consent", "envelope", var text, "key"] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1 ? number : null;

    private static Ring Load(string directory)
    {
        List<EnvelopeKey> keys = [.. Numbers(directory).Select(number => new EnvelopeKey(number, KeyFile.Read(directory, FileOf(number), make: false)))];
        return keys.Count > 0 ? new Ring(keys, new Envelope([.. keys.Select(static key => key.Key)])) : throw new ConsentStartException($"There is no `{FirstFile}` in `{directory}`. Put the key file back.");
    }

    private sealed record Ring(IReadOnlyList<EnvelopeKey> Keys, Envelope Envelope);
}
