// User names and passwords of one simulator.
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Simulators;

/// <summary>The accounts of a simulator. Passwords are made at the first start and lie in a file that only the owner can read, one <c>user:password</c> on each line.</summary>
internal sealed class NativeAccounts
{
    private readonly Dictionary<string, byte[]> passwords;

    private NativeAccounts(Dictionary<string, byte[]> passwords) => this.passwords = passwords;

    /// <summary>Reads the file, makes it where it is absent, and adds users that it lacks.</summary>
    public static NativeAccounts Open(string file, IEnumerable<string> users)
    {
        var lines = File.Exists(file) ? File.ReadAllLines(file).Where(static line => line.Contains(':', StringComparison.Ordinal)).ToList() : [];
        var known = lines.ToDictionary(static line => line[..line.IndexOf(':', StringComparison.Ordinal)], static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        foreach (var user in users.Where(user => !known.ContainsKey(user)).ToList())
        {
            known[user] = RandomNumberGenerator.GetHexString(32, lowercase: true);
        }

        Write(file, known);
        return new NativeAccounts(known.ToDictionary(static pair => pair.Key, static pair => Encoding.UTF8.GetBytes(pair.Value)));
    }

    /// <summary>The user of a call with HTTP basic credentials (RFC 7617), or null.</summary>
    public string? Recognise(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> plain = stackalloc byte[512];
        if (!Convert.TryFromBase64String(header[6..], plain, out var length) || plain[..length].IndexOf((byte)':') is var colon && colon < 0)
        {
            return null;
        }

        var user = Encoding.UTF8.GetString(plain[..colon]);
        return passwords.TryGetValue(user, out var password) && CryptographicOperations.FixedTimeEquals(password, plain[(colon + 1)..length]) ? user : null;
    }

    private static void Write(string file, Dictionary<string, string> known)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        foreach (var (user, password) in known)
        {
            writer.WriteLine($"{user}:{password}");
        }
    }
}
