// Signing in: authorization code with PKCE at the issuer, then a cookie session of the portal's own.
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Portal.Keeping;
using Sisote.Portal.Texts;

namespace Sisote.Portal.SignIn;

/// <summary>Adds the session and the sign-in to the portal. Any OpenID Connect issuer will do that knows the client <c>sisote-portal</c> and the person claims.</summary>
internal static class PortalSignIn
{
    /// <summary>How long a session lives without use.</summary>
    public static readonly TimeSpan SessionLength = TimeSpan.FromHours(8);

    /// <summary>Path that the issuer answers to.</summary>
    public const string CallbackPath = "/signin-oidc";

    /// <summary>Adds everything that signing in needs.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder, RoomSettings settings)
    {
        builder.Services.AddDataProtection()
            .SetApplicationName("Sisote.Portal")
            .PersistKeysToFileSystem(Folders.EnsurePrivate(Path.Combine(settings.DataDirectory, "portal", "keys")));
        builder.Services.AddSingleton<ClientAssertions>();
        builder.Services.AddSingleton<PersonTokenRenewal>();
        builder.Services.AddAuthentication(static options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie(cookie => Configure(cookie, settings))
            .AddOpenIdConnect(oidc => Configure(oidc, settings));
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(nameof(PersonKind.Client), static policy => policy.RequireAssertion(static context => Is(context, PersonKind.Client)))
            .AddPolicy(nameof(PersonKind.Professional), static policy => policy.RequireAssertion(static context => Is(context, PersonKind.Professional)))
            .AddPolicy(nameof(PersonKind.DataProtectionOfficer), static policy => policy.RequireAssertion(static context => Is(context, PersonKind.DataProtectionOfficer)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static void Configure(CookieAuthenticationOptions cookie, RoomSettings settings)
    {
        cookie.Cookie.Name = "sisote-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = Secure(settings);
        cookie.ExpireTimeSpan = SessionLength;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = RenewAsync;
        cookie.Events.OnRedirectToAccessDenied = static context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden; // the page for it is made where all error pages are made
            return Task.CompletedTask;
        };
    }

    private static void Configure(OpenIdConnectOptions oidc, RoomSettings settings)
    {
        oidc.Authority = settings.Issuer.AbsoluteUri;
        oidc.ClientId = InnerSystems.Portal.Value;
        oidc.RequireHttpsMetadata = settings.Strict;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query; // comes back by GET, so that the cookies below can stay Lax
        oidc.UsePkce = true;
        oidc.CallbackPath = CallbackPath;
        oidc.SignedOutCallbackPath = "/signout-callback-oidc";
        oidc.SignedOutRedirectUri = "/signed-out";
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = true;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.TokenValidationParameters = new TokenValidationParameters { NameClaimType = "name", RoleClaimType = PersonClaims.Role, ValidateIssuer = true };
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        oidc.Scope.Add(Scopes.Person);
        oidc.Scope.Add("offline_access");
        Narrow(oidc.CorrelationCookie, settings);
        Narrow(oidc.NonceCookie, settings);
        oidc.Events.OnRedirectToIdentityProvider = static context =>
        {
            context.ProtocolMessage.UiLocales = Language.Of(context.HttpContext);
            return Task.CompletedTask;
        };
        oidc.Events.OnAuthorizationCodeReceived = static context =>
        {
            var assertion = context.HttpContext.RequestServices.GetRequiredService<ClientAssertions>();
            context.TokenEndpointRequest!.ClientAssertionType = ClientAssertions.Type;
            context.TokenEndpointRequest.ClientAssertion = assertion.Make(InnerSystems.Portal);
            return Task.CompletedTask;
        };
        oidc.Events.OnRemoteFailure = static context =>
        {
            Log.SignInFailed(context.HttpContext.RequestServices.GetRequiredService<ILogger<PersonTokenRenewal>>(), context.Failure?.GetType().Name ?? "none");
            context.Response.Redirect("/sign-in-failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    // Only where a token is used: a draft that saves itself must not spend the refresh token that the next page needs. A session without a fresh token goes on as
    // a session; FreshAccess then keeps what was typed and asks for a new sign-in.
    private static async Task RenewAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } person && FreshAccess.NeedsToken(context.HttpContext))
        {
            await context.HttpContext.RequestServices.GetRequiredService<PersonTokenRenewal>().RenewAsync(context);
            if (context.Principal is null)
            {
                context.ReplacePrincipal(person);
            }
        }
    }

    private static void Narrow(CookieBuilder cookie, RoomSettings settings)
    {
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = Secure(settings);
    }

    private static CookieSecurePolicy Secure(RoomSettings settings) => settings.Strict ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    private static bool Is(AuthorizationHandlerContext context, PersonKind kind) => SignedIn.From(context.User)?.Kind == kind;
}
