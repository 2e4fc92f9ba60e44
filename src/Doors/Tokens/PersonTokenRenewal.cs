// Keeps a signed-in person's access token fresh while the session lasts.
using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Sisote.Doors.Tokens;

/// <summary>
/// Renews the tokens in the portal's session cookie (saved by the OpenID Connect handler's <c>SaveTokens</c>) shortly before the access token ends; ends the session when
/// the authority no longer renews it.
/// </summary>
public sealed class PersonTokenRenewal(RoomSettings settings, IHttpClientFactory http, TimeProvider clock)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private readonly ClientAssertions assertions = new(settings, clock);
    private readonly TokenApi authority = new(settings, http);

    /// <summary>For <see cref="CookieAuthenticationEvents.OnValidatePrincipal"/>.</summary>
    public async Task RenewAsync(CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (EndsAt(context.Properties) is { } end && end - Margin > clock.GetUtcNow())
        {
            return;
        }

        if (context.Properties.GetTokenValue("refresh_token") is not { Length: > 0 } refresh)
        {
            context.RejectPrincipal();
            return;
        }

        try
        {
            Keep(context.Properties, await AskAsync(refresh, context.HttpContext.RequestAborted));
            context.ShouldRenew = true;
        }
        catch (TokenRefusedException)
        {
            context.RejectPrincipal(); // no valid token, no session: the person signs in again
        }
    }

    private static DateTimeOffset? EndsAt(AuthenticationProperties properties) =>
        DateTimeOffset.TryParse(properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var end) ? end : null;

    private Task<TokenAnswer> AskAsync(string refresh, CancellationToken cancellation) =>
        authority.AskAsync(issuer => new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refresh,
            ["client_id"] = InnerSystems.Portal.Value,
            ["client_assertion_type"] = ClientAssertions.Type,
            ["client_assertion"] = assertions.Make(InnerSystems.Portal, business: null, issuer),
        }, cancellation);

    private void Keep(AuthenticationProperties properties, TokenAnswer answer)
    {
        properties.UpdateTokenValue("access_token", answer.AccessToken!);
        properties.UpdateTokenValue("refresh_token", answer.RefreshToken ?? properties.GetTokenValue("refresh_token")!);
        properties.UpdateTokenValue("id_token", answer.IdToken ?? properties.GetTokenValue("id_token")!);
        properties.UpdateTokenValue("expires_at", clock.GetUtcNow().AddSeconds(answer.ExpiresIn).ToString("o", CultureInfo.InvariantCulture));
    }
}
