// Where people sign in: at the demonstration by choosing an invented person.
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Sisote.Doors;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sisote.Identity.SignIn;

/// <summary>The authorization endpoint. OpenIddict has checked client, redirect address and PKCE before; no session is kept, so every sign-in asks.</summary>
internal static class SignInEndpoint
{
    internal const string Path = "authorize";

    internal const string PersonField = "person";

    private static readonly string[] AllowedScopes = [OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.OfflineAccess, Doors.Tokens.Scopes.Person];

    internal static void MapSignIn(this WebApplication app)
    {
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], SignInAsync).AllowAnonymous().DisableAntiforgery(); // checked below, where a person is chosen
        app.MapMethods(SignOutEndpoint.Path, [HttpMethods.Get, HttpMethods.Post], SignOutEndpoint.SignOut).AllowAnonymous().DisableAntiforgery();
        app.MapGet(Style.Path, Style.Get).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(HttpContext http, RoomSettings settings, DemoPersons persons, IAntiforgery antiforgery)
    {
        var texts = SignInTexts.For(http.Request, http.GetOpenIddictServerRequest()?.UiLocales);
        if (http.GetOpenIddictServerResponse() is { Error: { } error })
        {
            return Pages.Fault(http, texts, settings, error);
        }

        if (!settings.Demo)
        {
            return Pages.NoPeople(http, texts);
        }

        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict did not read this request.");
        if (!request.HasScope(Doors.Tokens.Scopes.Person) || request.GetScopes().Except(AllowedScopes).Any())
        {
            return Refuse(Errors.InvalidScope, "People sign in with the scopes openid, sisote.person and offline_access.");
        }

        if (request.HasPromptValue(PromptValues.None))
        {
            return Refuse(Errors.LoginRequired, "The person has to be asked.");
        }

        return await ChooseAsync(http, request, settings, persons, antiforgery, texts);
    }

    private static async Task<IResult> ChooseAsync(HttpContext http, OpenIddictRequest request, RoomSettings settings, DemoPersons persons, IAntiforgery antiforgery, SignInTexts texts)
    {
        var chosen = http.Request.HasFormContentType ? (string?)(await http.Request.ReadFormAsync(http.RequestAborted))[PersonField] : null;
        if (chosen is null)
        {
            return Pages.SignIn(http, texts, request, persons, settings, antiforgery.GetAndStoreTokens(http), expired: false);
        }

        return await antiforgery.IsRequestValidAsync(http) && persons.Find(chosen) is { } person
            ? Results.SignIn(PrincipalOf(person, request), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
            : Pages.SignIn(http, texts, request, persons, settings, antiforgery.GetAndStoreTokens(http), expired: true);
    }

    private static ClaimsPrincipal PrincipalOf(DemoPerson person, OpenIddictRequest request) => new(
        new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType)
            .SetClaim(Claims.Subject, person.Id)
            .SetScopes(request.GetScopes())
            .SetResources(Doors.Tokens.Scopes.Audience));

    private static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
