// The school system's own authorization server.
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Sisote.Simulators.School;

/// <summary>Whether a bearer token opens the roster.</summary>
internal enum TokenCheck
{
    /// <summary>Absent, unknown or over.</summary>
    None,

    /// <summary>In force, without a roster scope.</summary>
    WrongScope,

    /// <summary>In force with a roster scope.</summary>
    Good,
}

/// <summary>OAuth 2 client credentials with HTTP Basic, as OneRoster's security profile asks; opaque tokens, kept in memory for an hour.</summary>
internal sealed class SchoolTokens(string clientId, string clientSecret, TimeProvider clock)
{
    private const string ScopeBase = "https://purl.imsglobal.org/spec/or/v1p2/scope/";
    private static readonly string[] KnownScopes = [ScopeBase + "roster.readonly", ScopeBase + "roster-core.readonly", ScopeBase + "roster-demographics.readonly"];
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, string[] Scopes)> tokens = new(StringComparer.Ordinal);

    /// <summary>Maps the token endpoint.</summary>
    public void Map(IEndpointRouteBuilder app) => app.MapPost("/oauth/token", async (HttpRequest request) =>
    {
        if (!IsClient(request.Headers.Authorization))
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"oneroster\"";
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
        var scopes = ((string?)form["scope"] ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (form["grant_type"] != "client_credentials" || scopes.Length == 0 || scopes.Except(KnownScopes).Any())
        {
            return Results.Json(new { error = form["grant_type"] == "client_credentials" ? "invalid_scope" : "unsupported_grant_type" }, statusCode: 400);
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        tokens[token] = (clock.GetUtcNow().AddHours(1), scopes);
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 3600, scope = string.Join(' ', scopes) });
    });

    /// <summary>Whether a request's token opens the roster.</summary>
    public TokenCheck Check(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Bearer", Parameter: { } token }
            || !tokens.TryGetValue(token, out var kept) || kept.Until <= clock.GetUtcNow())
        {
            return TokenCheck.None;
        }

        return kept.Scopes.Any(static scope => scope.EndsWith("roster.readonly", StringComparison.Ordinal) || scope.EndsWith("roster-core.readonly", StringComparison.Ordinal))
            ? TokenCheck.Good
            : TokenCheck.WrongScope;
    }

    private bool IsClient(string? authorization)
    {
        if (clientSecret.Length == 0 || !AuthenticationHeaderValue.TryParse(authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } credentials })
        {
            return false;
        }

        var given = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials, given, out var length)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(given.AsSpan(0, length)), SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}")));
    }
}
