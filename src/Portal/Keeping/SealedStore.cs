// What the portal keeps for a signed-in person between two pages: encrypted files that only that person's session opens.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Sisote.Doors;

namespace Sisote.Portal.Keeping;

/// <summary>
/// Unfinished entries, opened visits, forms that wait for a new sign-in, and what a sender keeps of secure links. Each stands in its own file, encrypted under a key that is bound to
/// the person, the kind and the id: another person's session cannot open it, and nothing of it is in the browser or in an address.
/// </summary>
/// <remarks>Files survive a restart, so that no text is lost; they are removed when they are done with, at the latest after <see cref="Lifetime"/>.
/// Replicas of the portal share the folder, as they share the data-protection keys.</remarks>
internal sealed class SealedStore(RoomSettings settings, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long something is kept unfinished, unless who keeps it says otherwise.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly string folder = Path.Combine(settings.DataDirectory, "portal", "kept");

    /// <summary>A new unguessable id.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Whether a text is an id as <see cref="NewId"/> makes them.</summary>
    public static bool IsId(string? id) => id is { Length: 32 } && id.All(char.IsAsciiHexDigitLower);

    /// <summary>Keeps something under an id, in place of what stood there.</summary>
    public async Task PutAsync<T>(string owner, string kind, string id, T value, CancellationToken cancellation, TimeSpan? lifetime = null)
    {
        var (fresh, file) = await WriteAsync(owner, kind, id, value, lifetime, cancellation);
        File.Move(fresh, file, overwrite: true);
    }

    /// <summary>Keeps something under an id where nothing stands; false where something does. Of several that try at once, in whatever replica, one succeeds.</summary>
    public async Task<bool> TryAddAsync<T>(string owner, string kind, string id, T value, CancellationToken cancellation, TimeSpan? lifetime = null)
    {
        var (fresh, file) = await WriteAsync(owner, kind, id, value, lifetime, cancellation);
        try
        {
            File.Move(fresh, file, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(fresh);
            return false;
        }
    }

    /// <summary>Whether something stands under an id, be it readable or not.</summary>
    public bool Has(string owner, string kind, string id) => FileOf(owner, kind, id) is { } file && File.Exists(file);

    /// <summary>What stands under an id; null where nothing does, it is somebody else's, or its time is over.</summary>
    public async Task<T?> GetAsync<T>(string owner, string kind, string? id, CancellationToken cancellation)
        where T : class
    {
        if (FileOf(owner, kind, id) is not { } file || !File.Exists(file))
        {
            return null;
        }

        try
        {
            var bytes = Protector(owner, kind, id!).Unprotect(await File.ReadAllBytesAsync(file, cancellation));
            return JsonSerializer.Deserialize<Kept<T>>(bytes) is { } kept && kept.At + Lifetime > clock.GetUtcNow() ? kept.Value : null;
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or IOException)
        {
            return null; // a lost key or a half-removed file: as good as not there
        }
    }

    /// <summary>All of a kind that the person has.</summary>
    public async Task<IReadOnlyList<(string Id, T Value)>> ListAsync<T>(string owner, string kind, CancellationToken cancellation)
        where T : class
    {
        var place = Path.Combine(folder, Name(owner));
        var found = new List<(string, T)>();
        string[] files = Directory.Exists(place) ? Directory.GetFiles(place, kind + "-*") : [];
        foreach (var file in files.Order())
        {
            var id = Path.GetFileName(file)[(kind.Length + 1)..];
            if (await GetAsync<T>(owner, kind, id, cancellation) is T value)
            {
                found.Add((id, value));
            }
        }

        return found;
    }

    /// <summary>Removes what is done with.</summary>
    public void Remove(string owner, string kind, string id)
    {
        if (FileOf(owner, kind, id) is { } file)
        {
            File.Delete(file);
        }
    }

    /// <summary>Removes everybody's files whose time is over; how many.</summary>
    public int RemoveOld()
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        var end = (clock.GetUtcNow() - Lifetime).UtcDateTime;
        var old = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => File.GetLastWriteTimeUtc(file) < end).ToList();
        old.ForEach(File.Delete);
        return old.Count;
    }

    private async Task<(string Fresh, string File)> WriteAsync<T>(string owner, string kind, string id, T value, TimeSpan? lifetime, CancellationToken cancellation)
    {
        var file = FileOf(owner, kind, id) ?? throw new ArgumentException("Not an id of the store.", nameof(id));
        Folders.EnsurePrivate(Path.GetDirectoryName(file)!);
        var at = clock.GetUtcNow() + (lifetime ?? Lifetime) - Lifetime; // what is kept longer is as good as kept later
        var bytes = Protector(owner, kind, id).Protect(JsonSerializer.SerializeToUtf8Bytes(new Kept<T>(at, value)));
        var fresh = file + "." + NewId()[..8];
        await File.WriteAllBytesAsync(fresh, bytes, cancellation);
        File.SetLastWriteTimeUtc(fresh, at.UtcDateTime);
        return (fresh, file);
    }

    private string? FileOf(string owner, string kind, string? id) =>
        IsId(id) ? Path.Combine(folder, Name(owner), $"{kind}-{id}") : null;

    private IDataProtector Protector(string owner, string kind, string id) => protection.CreateProtector("Sisote.Portal.SealedStore.v1", owner, kind, id);

    private static string Name(string owner) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..32];

    private sealed record Kept<T>(DateTimeOffset At, T Value);
}
