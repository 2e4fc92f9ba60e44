// Gives tokens to those whom OpenIddict and AssertionCheck have let through.
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Sisote.Doors.Json;
using Sisote.Doors.Tokens;
using Sisote.Identity.Assertions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sisote.Identity.Tokens;

internal static class TokenEndpoint
{
    internal const string Path = "token";

    internal static void MapTokens(this WebApplication app) => app.MapPost(Path, GiveAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> GiveAsync(HttpContext http, TokenRate rate, ILogger<TokenRate> log)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict did not read this request.");
        if (!rate.TryTake(request.ClientId!))
        {
            log.TooManyTokens(request.ClientId!);
            return TooMany(http);
        }

        var principal = request.IsClientCredentialsGrantType()
            ? SystemPrincipal(request, AssertionCheck.BusinessOf(http.Features.GetRequiredFeature<OpenIddictServerAspNetCoreFeature>().Transaction!))
            : (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!;
        return Results.SignIn(principal, properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static ClaimsPrincipal SystemPrincipal(OpenIddictRequest request, BusinessContext? business)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType)
            .SetClaim(Claims.Subject, request.ClientId)
            .SetScopes(request.GetScopes())
            .SetResources(Doors.Tokens.Scopes.Audience);
        if (business is not null)
        {
            identity.SetClaim(BusinessContext.Claim, JsonSerializer.SerializeToElement(new Dictionary<string, BusinessContext> { [BusinessContext.Name] = business }, SisoteJson.Options));
        }

        return new ClaimsPrincipal(identity.SetDestinations(static _ => [Destinations.AccessToken]));
    }

    // RFC 6749 has no error code for this; the status says it, the shape stays that of RFC 6749 §5.2.
    private static IResult TooMany(HttpContext http)
    {
        http.Response.Headers.RetryAfter = TokenRate.Window.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new Dictionary<string, string>
            {
                ["error"] = "temporarily_unavailable",
                ["error_description"] = "This client has asked for more tokens than it may in one minute. Keep each token until it ends.",
            },
            statusCode: StatusCodes.Status429TooManyRequests);
    }
}
