// An OpenID Connect issuer at the portal's edge: real redirects, real PKCE, real signatures; it signs in whomever the test names.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Tokens;

namespace Sisote.Tests.Portal;

internal sealed record Persona(string Subject, string Name, PersonKind Kind, string? Role = null, string? Organisation = null)
{
    internal static Persona Aino { get; } = new("aino", "Aino Aaltonen", PersonKind.Client);

    internal static Persona Salmi { get; } = new("ohjaaja-salmi", "Sami Salmi", PersonKind.Professional, "exercise-counsellor", "kuopio");

    internal static Persona Niemi { get; } = new("ohjaaja-niemi", "Noora Niemi", PersonKind.Professional, "exercise-counsellor", "kuopio");

    internal static Persona Harju { get; } = new("dr-harju", "Hanna Harju", PersonKind.Professional, "health-professional", "pohjois-savo");

    internal static Persona Koski { get; } = new("dpo-koski", "Kaisa Koski", PersonKind.DataProtectionOfficer, null, "pohjois-savo");

    internal static Persona Pelto { get; } = new("hallinto-pelto", "Petri Pelto", PersonKind.ControllerAdmin, null, "pohjois-savo");
}

internal sealed class FakeAuthority : IAsyncDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, Persona Person)> codes = new();
    private readonly Dictionary<string, JsonWebKey> clients;
    private readonly WebApplication app;

    private FakeAuthority(string keyDirectory)
    {
        clients = new[] { "sisote-portal", "kuopio-portal" }.ToDictionary(static system => system, system => new JsonWebKeySet(File.ReadAllText(SystemKey.PublicFile(keyDirectory, system))).Keys[0]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address.AbsoluteUri,
            jwks_uri = new Uri(Address, "jwks"),
            authorization_endpoint = new Uri(Address, "authorize"),
            token_endpoint = new Uri(Address, "token"),
            end_session_endpoint = new Uri(Address, "end"),
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "ES256" },
        }));
        app.MapGet("/jwks", () => Results.Text(Jwks(), "application/json"));
        app.MapGet("/authorize", Authorize);
        app.MapGet("/end", (string post_logout_redirect_uri, string? state) => Results.Redirect(QueryHelpers.AddQueryString(post_logout_redirect_uri, "state", state ?? string.Empty)));
        app.MapPost("/token", TokenAsync);
    }

    internal Uri Address => new(app.Urls.First() + "/");

    internal Persona Person { get; set; } = Persona.Aino;

    internal int SignIns { get; private set; }

    internal string? AskedLanguage { get; private set; }

    internal TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    internal bool Renews { get; set; } = true;

    internal static async Task<FakeAuthority> StartAsync(string keyDirectory)
    {
        var authority = new FakeAuthority(keyDirectory);
        await authority.app.StartAsync();
        return authority;
    }

    internal JsonWebToken Validate(string? header) => Check(header?["Bearer ".Length..], "sisote", new ECDsaSecurityKey(key));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal("sisote-portal", query["client_id"]);
        (SignIns, AskedLanguage) = (SignIns + 1, query["ui_locales"]);
        var code = RandomNumberGenerator.GetHexString(32);
        codes[code] = (query["code_challenge"]!, query["nonce"]!, Person);
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"], ["iss"] = Address.AbsoluteUri }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var assertion = Check(form["client_assertion"], Address.AbsoluteUri, clients[new JsonWebToken(form["client_assertion"]).Subject]);
        Assert.Equal("client-authentication+jwt", assertion.Typ);
        switch ((string?)form["grant_type"])
        {
            case "client_credentials":
                return Results.Json(new { access_token = Mint(SystemClaims(assertion, form["scope"]!)), token_type = "Bearer", expires_in = 300 });
            case "refresh_token" when Renews:
                return Results.Json(PersonTokens(Person, null));
            case "authorization_code" when codes.TryRemove(form["code"]!, out var asked)
                && asked.Challenge == WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))):
                return Results.Json(PersonTokens(asked.Person, asked.Nonce));
            default:
                return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }
    }

    private Dictionary<string, object> PersonTokens(Persona person, string? nonce)
    {
        var about = new Dictionary<string, object> { ["sub"] = person.Subject, ["name"] = person.Name, [PersonClaims.Kind] = person.Kind.ToClaim() };
        if (person.Organisation is not null)
        {
            about[PersonClaims.Organisation] = person.Organisation;
            about[PersonClaims.Professional] = person.Subject;
        }

        if (person.Role is not null)
        {
            about[PersonClaims.Role] = person.Role;
        }

        var answer = new Dictionary<string, object>
        {
            ["access_token"] = Mint(new Dictionary<string, object>(about) { ["client_id"] = "sisote-portal", ["scope"] = Scopes.Person }),
            ["refresh_token"] = RandomNumberGenerator.GetHexString(16),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)TokenLifetime.TotalSeconds,
        };
        answer["id_token"] = Mint(nonce is null ? about : new Dictionary<string, object>(about) { ["nonce"] = nonce }, "JWT", "sisote-portal");
        return answer;
    }

    private static Dictionary<string, object> SystemClaims(JsonWebToken assertion, string scope)
    {
        var claims = new Dictionary<string, object> { ["sub"] = assertion.Subject, ["client_id"] = assertion.Subject, ["scope"] = scope };
        if (assertion.TryGetPayloadValue<JsonElement>(BusinessContext.Claim, out var business))
        {
            claims[BusinessContext.Claim] = business;
        }

        return claims;
    }

    private string Mint(IDictionary<string, object> claims, string type = "at+jwt", string audience = "sisote")
    {
        var now = TimeProvider.System.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address.AbsoluteUri,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            Expires = now.AddMinutes(5).UtcDateTime,
            TokenType = type,
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

#pragma warning disable CA5404 // assertions and tokens of several issuers are checked by key alone: this is the far edge of a test
    private static JsonWebToken Check(string? token, string audience, SecurityKey key)
    {
        var result = new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters { ValidAudience = audience, ValidateIssuer = false, IssuerSigningKey = key }).GetAwaiter().GetResult();
        return result.IsValid ? (JsonWebToken)result.SecurityToken : throw new InvalidOperationException("A token that the fake does not accept.", result.Exception);
    }
#pragma warning restore CA5404

    private string Jwks()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $"{{\"keys\":[{{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"test\",\"x\":\"{Base64UrlEncoder.Encode(point.X!)}\",\"y\":\"{Base64UrlEncoder.Encode(point.Y!)}\"}}]}}";
    }
}
