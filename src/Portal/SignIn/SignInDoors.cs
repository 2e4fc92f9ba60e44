// The doors for signing in and out.
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Sisote.Portal.SignIn;

/// <summary>Maps signing in (a link) and signing out (a form, so that no foreign page can do it).</summary>
internal static class SignInDoors
{
    /// <summary>Maps the doors.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", static (string? back) =>
            TypedResults.Challenge(new AuthenticationProperties { RedirectUri = IsLocal(back) ? back : "/" }, [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous();
        app.MapPost("/sign-out", static async Task<IResult> (HttpContext context, IAntiforgery antiforgery) =>
            await antiforgery.IsRequestValidAsync(context)
                ? TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/signed-out" }, [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme])
                : TypedResults.BadRequest()).WithMetadata(new WithoutAccessToken());
        app.MapPost("/stay", static () => TypedResults.NoContent()).WithMetadata(new WithoutAccessToken()); // any call with the cookie renews the session
    }

    /// <summary>Whether an address stays within the portal.</summary>
    public static bool IsLocal(string? address) =>
        address is { Length: > 0 and < 500 } && address[0] == '/' && (address.Length == 1 || (address[1] != '/' && address[1] != '\\')) && !address.Any(char.IsControl);
}
