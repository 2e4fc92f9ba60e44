// A small OpenID Connect issuer for tests of one room: real discovery, real keys, real HTTP, no checks of its own.
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;

namespace Sisote.Tests.Testing;

/// <summary>Issues any token a test asks for; its token endpoint answers a client assertion with a token of the same subject and business context.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication app;

    private TestIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address.AbsoluteUri,
            jwks_uri = new Uri(Address, "jwks"),
            token_endpoint = new Uri(Address, "token"),
        }));
        app.MapGet("/jwks", () => Results.Text(Jwks(), "application/json"));
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var assertion = new JsonWebTokenHandler().ReadJsonWebToken(form["client_assertion"]);
            var business = assertion.TryGetPayloadValue<JsonElement>(BusinessContext.Claim, out var extensions)
                ? extensions.GetProperty(BusinessContext.Name).Deserialize<BusinessContext>(SisoteJson.Options)
                : null;
            return Results.Json(new { access_token = SystemToken(assertion.Subject, form["scope"]!, business), token_type = "Bearer", expires_in = 300 });
        });
    }

    /// <summary>The issuer's address.</summary>
    public Uri Address => new(app.Urls.First() + "/");

    /// <summary>Starts an issuer on a free port.</summary>
    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>A system's access token.</summary>
    public string SystemToken(string system, string scope, BusinessContext? business = null)
    {
        var claims = new Dictionary<string, object> { ["client_id"] = system, ["sub"] = system, ["scope"] = scope };
        if (business is not null)
        {
            claims[BusinessContext.Claim] = JsonSerializer.SerializeToElement(new Dictionary<string, BusinessContext> { [BusinessContext.Name] = business }, SisoteJson.Options);
        }

        return Mint(claims);
    }

    /// <summary>A signed-in person's access token.</summary>
    public string PersonToken(string subject, PersonKind kind, string? hetu = null, string? role = null, string? organisation = null, string? professional = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["client_id"] = "sisote-portal", ["scope"] = Scopes.Person, [PersonClaims.Kind] = kind.ToClaim() };
        Add(PersonClaims.Hetu, hetu);
        Add(PersonClaims.Role, role);
        Add(PersonClaims.Organisation, organisation);
        Add(PersonClaims.Professional, professional);
        return Mint(claims);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                claims[name] = value;
            }
        }
    }

    /// <summary>A token with exactly these claims (and issuer, audience, times, jti), for tests of what a door refuses.</summary>
    public string Mint(IDictionary<string, object> claims, string type = "at+jwt", string audience = Scopes.Audience, TimeSpan? lifetime = null)
    {
        claims["jti"] = Guid.CreateVersion7().ToString("N");
        var now = TimeProvider.System.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address.AbsoluteUri,
            Audience = audience,
            IssuedAt = now.AddMinutes(-1).UtcDateTime,
            Expires = now.Add(lifetime ?? TimeSpan.FromMinutes(5)).UtcDateTime,
            TokenType = type,
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private string Jwks()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $"{{\"keys\":[{{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"kid\":\"test\",\"x\":\"{Base64UrlEncoder.Encode(point.X!)}\",\"y\":\"{Base64UrlEncoder.Encode(point.Y!)}\"}}]}}";
    }
}
