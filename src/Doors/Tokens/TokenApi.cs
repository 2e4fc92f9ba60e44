// The authority's token endpoint, as every system finds and asks it.
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sisote.Doors.Tokens;

internal sealed class TokenApi(RoomSettings settings, IHttpClientFactory http)
{
    private Discovery? discovered;

    /// <summary>Asks for a token; the form is made when the issuer's own spelling of its address is known.</summary>
    /// <exception cref="TokenRefusedException">The authority said no or could not be reached.</exception>
    internal async Task<TokenAnswer> AskAsync(Func<string, Dictionary<string, string>> makeForm, CancellationToken cancellation)
    {
        using var client = http.CreateClient(nameof(AccessTokenSource));
        try
        {
            var authority = discovered ??= await DiscoverAsync(client, cancellation);
            using var form = new FormUrlEncodedContent(makeForm(authority.Issuer!));
            using var answer = await client.PostAsync(authority.TokenEndpoint, form, cancellation);
            var body = await answer.Content.ReadFromJsonAsync<TokenAnswer>(cancellation);
            return answer.IsSuccessStatusCode && body is { AccessToken.Length: > 0 }
                ? body
                : throw new TokenRefusedException(body?.Error ?? "no_answer", body?.ErrorDescription);
        }
        catch (HttpRequestException fault)
        {
            throw new TokenRefusedException(TokenRefusedException.Unreachable, null, fault);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new TokenRefusedException(TokenRefusedException.Unreachable, null, fault); // the HTTP client's own time limit
        }
        catch (JsonException fault)
        {
            throw new TokenRefusedException("authority_answer_unreadable", null, fault);
        }
    }

    private async Task<Discovery> DiscoverAsync(HttpClient client, CancellationToken cancellation)
    {
        var issuer = settings.Issuer.AbsoluteUri.TrimEnd('/');
        var document = await client.GetFromJsonAsync<Discovery>(new Uri(issuer + "/.well-known/openid-configuration"), cancellation);
        if (document is not { Issuer: not null, TokenEndpoint.IsAbsoluteUri: true })
        {
            throw new TokenRefusedException("authority_answer_unreadable", null);
        }

        // OpenID Connect Discovery §4.3: a document that speaks for another issuer is not to be used.
        if (document.Issuer.TrimEnd('/') != issuer)
        {
            throw new TokenRefusedException("authority_is_another", null);
        }

        return settings.Strict && document.TokenEndpoint.Scheme != Uri.UriSchemeHttps
            ? throw new TokenRefusedException("authority_not_https", null)
            : document;
    }

    private sealed record Discovery(
        [property: JsonPropertyName("issuer")] string? Issuer,
        [property: JsonPropertyName("token_endpoint")] Uri? TokenEndpoint);
}

internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("id_token")] string? IdToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("error_description")] string? ErrorDescription);
