// The public keys of clients, read from their files.
using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Sisote.Identity.Clients;

/// <summary>Reads JWKS files and reads them again when they change. A missing or unusable file means: no keys, so the client gets no token.</summary>
internal sealed class ClientKeys(ILogger<ClientKeys> log)
{
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    internal JsonWebKeySet Find(RegisteredClient client)
    {
        var file = client.KeyFiles.Select(static path => new FileInfo(path)).FirstOrDefault(static candidate => candidate.Exists);
        if (file is null)
        {
            log.NoKeyFile(client.Id.Value);
            return new JsonWebKeySet();
        }

        var stamp = (file.FullName, file.LastWriteTimeUtc, file.Length);
        if (kept.TryGetValue(client.Id.Value, out var found) && found.Stamp == stamp)
        {
            return found.Keys;
        }

        var keys = Read(client, file);
        kept[client.Id.Value] = new Kept(stamp, keys);
        return keys;
    }

    private JsonWebKeySet Read(RegisteredClient client, FileInfo file)
    {
        var usable = new JsonWebKeySet();
        try
        {
            foreach (var key in JsonWebKeySet.Create(File.ReadAllText(file.FullName)).Keys)
            {
                if (IsUsable(key))
                {
                    usable.Keys.Add(key);
                }
                else
                {
                    log.KeyNotUsable(client.Id.Value);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            log.KeyFileUnreadable(client.Id.Value);
        }

        return usable;
    }

    // A private key in this file has been given away and proves nothing; a shared secret is no proof either.
    private static bool IsUsable(JsonWebKey key) =>
        !key.HasPrivateKey
        && key.Use is null or "sig"
        && key switch
        {
            { Kty: "EC", Crv: "P-256" or "P-384", X: not null, Y: not null } => true,
            { Kty: "RSA", KeySize: >= 2048, N: not null, E: not null } => true,
            _ => false,
        };

    private sealed record Kept((string, DateTime, long) Stamp, JsonWebKeySet Keys);
}
