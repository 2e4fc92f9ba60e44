// How a system gets its access token: private_key_jwt.
using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Tokens;

/// <summary>
/// Gets access tokens for a system by SMART Backend Services (client credentials with <c>private_key_jwt</c>; assertion type <c>client-authentication+jwt</c>,
/// audience = issuer, fresh <c>jti</c>, 60 s) and keeps each until shortly before it ends.
/// </summary>
public sealed class AccessTokenSource(RoomSettings settings, IHttpClientFactory http, TimeProvider clock)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<(SystemId System, string Scope, string Business), Kept> kept = new();
    private readonly ConcurrentDictionary<SystemId, SystemKey> keys = new();
    private Uri? tokenEndpoint;

    /// <summary>A token for a system whose private key lies in the key folder.</summary>
    /// <exception cref="TokenRefusedException">The authority said no or could not be reached.</exception>
    public async ValueTask<string> GetAsync(SystemId system, string scope, BusinessContext? business, CancellationToken cancellation)
    {
        var businessJson = business is null ? string.Empty : JsonSerializer.Serialize(business, SisoteJson.Options);
        var place = (system, scope, businessJson);
        if (kept.TryGetValue(place, out var found) && found.Until > clock.GetUtcNow())
        {
            return found.Token;
        }

        var fresh = await AskAsync(system, scope, businessJson, cancellation);
        kept[place] = fresh;
        return fresh.Token;
    }

    private async Task<Kept> AskAsync(SystemId system, string scope, string businessJson, CancellationToken cancellation)
    {
        var key = keys.GetOrAdd(system, static (id, folder) => SystemKey.Read(SystemKey.PrivateFile(folder, id.Value)), settings.KeyDirectory);
        using var client = http.CreateClient(nameof(AccessTokenSource));
        try
        {
            tokenEndpoint ??= await DiscoverAsync(client, cancellation);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["scope"] = scope,
                ["client_id"] = system.Value,
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_assertion"] = MakeAssertion(system, key, businessJson),
            });
            using var answer = await client.PostAsync(tokenEndpoint, form, cancellation);
            var body = await answer.Content.ReadFromJsonAsync<TokenAnswer>(cancellation);
            return answer.IsSuccessStatusCode && body is { AccessToken.Length: > 0 }
                ? new Kept(body.AccessToken, clock.GetUtcNow().AddSeconds(body.ExpiresIn) - Margin)
                : throw new TokenRefusedException(body?.Error ?? "no_answer", body?.ErrorDescription);
        }
        catch (HttpRequestException fault)
        {
            throw new TokenRefusedException("authority_unreachable", null, fault);
        }
        catch (JsonException fault)
        {
            throw new TokenRefusedException("authority_answer_unreadable", null, fault);
        }
    }

    private async Task<Uri> DiscoverAsync(HttpClient client, CancellationToken cancellation)
    {
        var document = await client.GetFromJsonAsync<Discovery>(new Uri(settings.Issuer, ".well-known/openid-configuration"), cancellation);
        return document?.TokenEndpoint ?? throw new TokenRefusedException("authority_answer_unreadable", null);
    }

    private string MakeAssertion(SystemId system, SystemKey key, string businessJson)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object> { ["sub"] = system.Value, ["jti"] = Guid.CreateVersion7().ToString("N") };
        if (businessJson.Length > 0)
        {
            claims[BusinessContext.Claim] = JsonDocument.Parse($"{{\"{BusinessContext.Name}\":{businessJson}}}").RootElement;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = system.Value,
            Audience = settings.Issuer.AbsoluteUri,
            IssuedAt = now.UtcDateTime,
            Expires = now.AddSeconds(60).UtcDateTime,
            TokenType = "client-authentication+jwt",
            Claims = claims,
            SigningCredentials = key.Credentials,
        });
    }

    private sealed record Kept(string Token, DateTimeOffset Until);

    private sealed record Discovery([property: JsonPropertyName("token_endpoint")] Uri? TokenEndpoint);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("error_description")] string? ErrorDescription);
}
