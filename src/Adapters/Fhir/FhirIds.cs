// Short names of a FHIR server's resources, which lead back to them.
using System.Security.Cryptography;
using System.Text;
using Sisote.Adapters.Native;
using Sisote.Policy.Ids;

namespace Sisote.Adapters.Fhir;

/// <summary>
/// An upstream id has up to 64 characters, the facade's has 15. So the facade's is made from type and upstream id with a key of this installation (nobody who knows one can make another), and what it
/// stands for is remembered in a file of the data folder: only what was given out once can be read by its id. A lost file costs no data: a search gives new names.
/// </summary>
/// <param name="file">The file: the key, then one line for each name.</param>
/// <param name="address">The server; the same ids of another server have other names.</param>
internal sealed class FhirIds(string file, Uri address) : IDisposable
{
    private const int KeyLength = 32;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Type, string Name), string> upstream = [];
    private byte[]? key;
    private FileStream? claim;
    private bool isTorn;

    /// <summary>Whether a text is an id of FHIR that tells nobody's identity: ids stand in addresses and in files. A UUID tells nothing, whatever its digits look like.</summary>
    public static bool IsUpstream(string? id) => id is { Length: >= 1 and <= 64 } && id.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')
        && (Guid.TryParse(id, out _) || !Hetu.IsIn(id));

    /// <summary>The facade's id of a resource.</summary>
    /// <exception cref="NativeFaultException">The upstream id is none, or the file of names cannot be used.</exception>
    public string Give(string type, string? id) => IsUpstream(id) ? WithFile(() =>
    {
        var name = NameOf(type, id!);
        if (!upstream.TryGetValue((type, name), out var known))
        {
            Append($"{name} {type} {id}\n");
            upstream[(type, name)] = known = id!; // only what is written is given out
        }

        return known == id ? name : throw new NativeFaultException(NativeFault.Unreadable, "two resources with one name");
    }) : throw new NativeFaultException(NativeFault.Unreadable, "an id that is none of FHIR, or that tells an identity");

    /// <summary>The upstream id that was given this name, or null.</summary>
    /// <exception cref="NativeFaultException">The file of names cannot be used.</exception>
    public string? Find(string type, string name) => WithFile(() => upstream.GetValueOrDefault((type, name)));

    /// <summary>A version as the facade gives it.</summary>
    public static string VersionOf(string upstreamVersion) => FacadeId.FromAny("version " + upstreamVersion);

    /// <summary>Leaves the file to others.</summary>
    public void Dispose() => claim?.Dispose();

    private string NameOf(string type, string id) => FacadeId.FromAny(Convert.ToHexString(HMACSHA256.HashData(key!, Encoding.UTF8.GetBytes($"{address} {type}/{id}"))));

    /// <summary>Works with the key and the names of earlier days, which are read at the first use.</summary>
    private TResult WithFile<TResult>(Func<TResult> work)
    {
        lock (gate)
        {
            try
            {
                if (key is null)
                {
                    Open();
                }

                return work();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
            {
                throw new NativeFaultException(NativeFault.Unreadable, $"the file of names cannot be used ({fault.GetType().Name})", fault);
            }
        }
    }

    private void Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        claim ??= new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); // two processes would not know each other's names
        if (File.Exists(file) && new FileInfo(file).Length > 0)
        {
            Read();
            return;
        }

        var made = RandomNumberGenerator.GetBytes(KeyLength);
        Write(made, []);
        key = made;
    }

    private void Read()
    {
        var lines = File.ReadAllLines(file);
        key = Convert.FromHexString(lines[0]) is { Length: KeyLength } sound ? sound : throw new InvalidDataException("The file does not begin with its key.");
        foreach (var line in lines.Skip(1))
        {
            // A line that a crash cut off, or one of another address, does not give its own name again.
            if (line.Split(' ') is [var name, var type, var id] && IsUpstream(id) && NameOf(type, id) == name)
            {
                upstream[(type, name)] = id;
            }
        }

        isTorn = true; // whatever a crash left, the next line begins anew
    }

    private void Append(string line)
    {
        var start = isTorn ? "\n" : string.Empty;
        isTorn = true; // until the line is there whole
        if (!File.Exists(file))
        {
            Write(key!, upstream.Select(static known => $"{known.Key.Name} {known.Key.Type} {known.Value}\n"));
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.Read);
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.ASCII.GetBytes(start + line));
        stream.Flush();
        isTorn = false;
    }

    /// <summary>Makes the file whole or not at all.</summary>
    private void Write(byte[] its, IEnumerable<string> lines)
    {
        var beside = file + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(beside, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexString(its) + "\n" + string.Concat(lines)));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
    }
}
