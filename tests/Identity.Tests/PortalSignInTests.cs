// The portal's side of signing in, set up as this room's README says, with the framework's own OpenID Connect handler.
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Identity;
using Sisote.Tests.Doors;

namespace Sisote.Tests.Identity;

public sealed partial class PortalSignInTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private RunningAuthority authority = null!;
    private WebApplication portal = null!;
    private HttpClient browser = null!;

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await portal.DisposeAsync();
        await authority.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task APersonWhoOpensThePortalSignsInAndComesBackAsThemselves()
    {
        await OpenAsync(RunningAuthority.Options);

        var me = await SignInAsync("salmi");

        Assert.Equal("Sanna Salmi", me.GetProperty("name").GetString());
        Assert.Equal("ohjaaja-salmi", me.GetProperty("professional").GetString());
        Assert.Equal(me.GetProperty("token").GetString(), await TokenAsync());
    }

    [Fact]
    public async Task TheSessionGetsFreshTokensWhileItLastsAndEndsAfterwards()
    {
        await OpenAsync(RunningAuthority.Options with { AccessTokenSeconds = 30 }); // always about to end
        var first = (await SignInAsync("aino")).GetProperty("token").GetString();
        var second = await TokenAsync();
        var third = await TokenAsync();
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());

        await authority.DisposeAsync();
        using var answer = await browser.GetAsync("session", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task OpenAsync(IdentityOptions options)
    {
        var portalAddress = RunningAuthority.FreeAddress();
        authority = await RunningAuthority.StartAsync(folder.Path, options, portal: portalAddress);
        portal = OpenPortal(authority.Settings, portalAddress);
        await portal.StartAsync(TestContext.Current.CancellationToken);
        browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true, UseCookies = true }) { BaseAddress = portalAddress };
    }

    private async Task<string?> TokenAsync() =>
        (await browser.GetFromJsonAsync<JsonElement>("me", TestContext.Current.CancellationToken)).GetProperty("token").GetString();

    private async Task<JsonElement> SignInAsync(string person)
    {
        using var page = await browser.GetAsync("me", TestContext.Current.CancellationToken);
        Assert.Equal(authority.Settings.Issuer.Authority, page.RequestMessage!.RequestUri!.Authority);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var fields = HiddenField().Matches(text).ToDictionary(static match => WebUtility.HtmlDecode(match.Groups[1].Value), static match => WebUtility.HtmlDecode(match.Groups[2].Value));
        fields["person"] = person;
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await browser.PostAsync(new Uri(authority.Settings.Issuer, "authorize"), content, TestContext.Current.CancellationToken);
        Assert.Equal("/me", answer.RequestMessage!.RequestUri!.AbsolutePath);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static WebApplication OpenPortal(RoomSettings settings, Uri address)
    {
        var builder = RoomApplication.CreateBuilder("portal", settings, new ConfigurationBuilder().Build(), address.AbsoluteUri);
        builder.Services.AddSingleton<ClientAssertions>();
        builder.Services.AddSingleton<PersonTokenRenewal>();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(static schemes =>
            {
                schemes.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                schemes.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie(static cookie => cookie.Events.OnValidatePrincipal = static context =>
                context.HttpContext.RequestServices.GetRequiredService<PersonTokenRenewal>().RenewAsync(context))
            .AddOpenIdConnect(oidc => SetUp(oidc, settings));
        var app = builder.Build();
        app.MapGet("me", static async Task<IResult> (HttpContext context, CancellationToken _) => Results.Json(new
        {
            name = context.User.Identity!.Name,
            professional = context.User.FindFirst(PersonClaims.Professional)?.Value,
            token = await context.GetTokenAsync("access_token"),
        })).RequireAuthorization();
        app.MapGet("session", static async Task<IResult> (HttpContext context, CancellationToken _) =>
            (await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Succeeded ? Results.Ok() : Results.Unauthorized());
        return app;
    }

    private static void SetUp(OpenIdConnectOptions oidc, RoomSettings settings)
    {
        oidc.Authority = settings.Issuer.AbsoluteUri;
        oidc.RequireHttpsMetadata = settings.Strict;
        oidc.ClientId = InnerSystems.Portal.Value;
        oidc.ResponseType = "code";
        oidc.ResponseMode = "query";
        oidc.UsePkce = true;
        oidc.SaveTokens = true;
        oidc.MapInboundClaims = false;
        oidc.TokenValidationParameters.NameClaimType = "name";
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        oidc.Scope.Add(Scopes.Person);
        oidc.Scope.Add("offline_access");
        oidc.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oidc.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.NonceCookie.SameSite = SameSiteMode.Lax;
        oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.Events.OnRedirectToIdentityProvider = static context =>
        {
            context.ProtocolMessage.UiLocales = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
            return Task.CompletedTask;
        };
        oidc.Events.OnAuthorizationCodeReceived = static async context =>
        {
            var issuer = (await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted)).Issuer;
            var assertions = context.HttpContext.RequestServices.GetRequiredService<ClientAssertions>();
            context.TokenEndpointRequest!.ClientAssertionType = ClientAssertions.Type;
            context.TokenEndpointRequest.ClientAssertion = assertions.Make(InnerSystems.Portal, audience: issuer);
        };
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
