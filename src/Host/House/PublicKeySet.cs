// What stands in the file of a system's public keys.
using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace Sisote.Host.House;

/// <summary>A file of public keys (JWKS, RFC 7517).</summary>
/// <param name="Fault">Why it is none; null where it is one.</param>
/// <param name="Marks">A mark for each key, the same for the same key (its thumbprint, RFC 7638).</param>
internal sealed record PublicKeySet(string? Fault, ImmutableArray<string> Marks)
{
    /// <summary>Reads a file that is there.</summary>
    internal static PublicKeySet Read(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            var set = new JsonWebKeySet(text);
            return set.Keys.Any(static key => key.HasPrivateKey) || new JsonWebKey(text).HasPrivateKey ? Faulty("holds a private key. Put the public key set (`.jwks.json`) here, and let nobody but the system have the other.")
                : set.Keys.Count == 0 ? Faulty("holds no key.")
                : new PublicKeySet(null, [.. set.Keys.Select(static key => Convert.ToHexStringLower(key.ComputeJwkThumbprint())).Distinct(StringComparer.Ordinal)]);
        }
        catch (Exception fault) when (fault is ArgumentException or System.Text.Json.JsonException or InvalidOperationException or NotSupportedException or SecurityTokenException)
        {
            return Faulty("is no JSON Web Key Set.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Faulty($"cannot be read ({fault.Message}).");
        }
    }

    private static PublicKeySet Faulty(string fault) => new(fault, []);
}
