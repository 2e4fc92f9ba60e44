// Who may come in to the record.
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Simulators.Keys;

namespace Sisote.Simulators.Fhir;

/// <summary>API key, account, or a token of SMART backend services for a client whose public keys lie in the folder <c>clients</c> as <c>ID.jwks.json</c>.</summary>
internal sealed class FhirDoor(NativeDoor door, string clients, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, DateTimeOffset> tokens = new();
    private readonly ConcurrentDictionary<string, bool> used = new();

    /// <summary>Whether a call may come in.</summary>
    public bool Opens(HttpRequest request) => door.Recognise(request) is not null
        || (request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.Ordinal) && tokens.TryGetValue(header[7..], out var until) && until > clock.GetUtcNow());

    /// <summary>Where tokens are given.</summary>
    public static IResult Describe(HttpRequest request) => Results.Text(new JsonObject
    {
        ["token_endpoint"] = TokenAddress(request),
        ["grant_types_supported"] = new JsonArray("client_credentials"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
        ["capabilities"] = new JsonArray("client-confidential-asymmetric"),
    }.ToJsonString(), "application/json");

    /// <summary>Gives a token to a client who proves itself.</summary>
    public async Task<IResult> GiveTokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials" || form["client_assertion_type"] != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" || !IsProof(form["client_assertion"].ToString(), TokenAddress(request)))
        {
            return Results.Text("{\"error\":\"invalid_client\"}", "application/json", statusCode: 401);
        }

        var token = RandomNumberGenerator.GetHexString(48, lowercase: true);
        tokens[token] = clock.GetUtcNow() + Life;
        return Results.Text(new JsonObject { ["access_token"] = token, ["token_type"] = "bearer", ["expires_in"] = (int)Life.TotalSeconds, ["scope"] = form["scope"].ToString() }.ToJsonString(), "application/json");
    }

    private static string TokenAddress(HttpRequest request) => $"http://{request.Host}/token";

    private bool IsProof(string assertion, string address)
    {
        try
        {
            var parts = assertion.Split('.');
            var (head, body) = (Read(parts[0]), Read(parts[1]));
            var client = (string?)body["sub"];
            return client is not null && client.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && (string?)body["iss"] == client && (string?)body["aud"] == address
                && DateTimeOffset.FromUnixTimeSeconds((long?)body["exp"] ?? 0) is var end && end > clock.GetUtcNow() && end < clock.GetUtcNow().AddMinutes(5)
                && IsSigned(client, head, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]))
                && used.TryAdd((string?)body["jti"] ?? string.Empty, true);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or IndexOutOfRangeException or InvalidOperationException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private bool IsSigned(string client, JsonObject head, byte[] signed, byte[] signature)
    {
        var file = Path.Combine(clients, client + ".jwks.json");
        if (!File.Exists(file) || JsonNode.Parse(File.ReadAllText(file))?["keys"] is not JsonArray keys || keys.FirstOrDefault(key => (string?)key!["kid"] == (string?)head["kid"]) is not { } key)
        {
            return false;
        }

        var (curve, hash) = ((string?)key["crv"], (string?)head["alg"]) switch
        {
            ("P-256", "ES256") => (ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256),
            ("P-384", "ES384") => (ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384),
            _ => throw new CryptographicException("another kind of key"),
        };
        using var ec = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = Base64Url.DecodeFromChars((string)key["x"]!), Y = Base64Url.DecodeFromChars((string)key["y"]!) } });
        return ec.VerifyData(signed, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
}
