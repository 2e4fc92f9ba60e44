// Where people sign out.
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;
using Sisote.Doors;

namespace Sisote.Identity.SignIn;

/// <summary>The end-session endpoint. The authority keeps no session of its own; OpenIddict checks where to send the person back to.</summary>
internal static class SignOutEndpoint
{
    internal const string Path = "end-session";

    internal static IResult SignOut(HttpContext http, RoomSettings settings) =>
        http.GetOpenIddictServerResponse() is { Error: { } error }
            ? Pages.Fault(http, SignInTexts.For(http.Request, http.GetOpenIddictServerRequest()?.UiLocales), settings, error)
            : Results.SignOut(new AuthenticationProperties { RedirectUri = settings.Portal.AbsoluteUri }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
