// How a door checks who comes in.
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Sisote.Doors.Tokens;

/// <summary>Bearer-token checks shared by all doors: the issuer's discovery document and keys decide, nothing else. Every endpoint needs a token unless it says otherwise.</summary>
public static class TokenDoor
{
    /// <summary>Policy: a connected system that exchanges data.</summary>
    public const string Exchange = "exchange";

    /// <summary>Policy: a room of Sisote.</summary>
    public const string Inner = "inner";

    /// <summary>Policy: a signed-in person.</summary>
    public const string Person = "person";

    /// <summary>Adds authentication and the policies to a room.</summary>
    public static void AddTokenDoor(this WebApplicationBuilder builder, RoomSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.Authority = settings.Issuer.AbsoluteUri;
            bearer.Audience = Scopes.Audience;
            bearer.MapInboundClaims = false;
            bearer.RequireHttpsMetadata = settings.Strict;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidTypes = ["at+jwt"], // RFC 9068 section 4: an identity token or assertion is no access token
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSsaPssSha256],
                ClockSkew = TimeSpan.FromSeconds(5),
            };
            bearer.Events = new JwtBearerEvents { OnChallenge = SayWhenItEnded, OnTokenValidated = RefuseBound };
        });
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Exchange, static policy => policy.RequireAssertion(static context => IsSystem(context.User, Scopes.Exchange)))
            .AddPolicy(Inner, static policy => policy.RequireAssertion(static context => IsSystem(context.User, Scopes.Inner)))
            .AddPolicy(Person, static policy => policy.RequireAssertion(static context => IsPerson(context)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>The caller of the current request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint let somebody in whose token names nobody.</exception>
    public static Caller GetCaller(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Caller.From(context.User) ?? throw new InvalidOperationException("The token names neither a system nor a person.");
    }

    /// <summary>The framework writes the time in American order and without a zone.</summary>
    private static Task SayWhenItEnded(JwtBearerChallengeContext challenge)
    {
        if (challenge.AuthenticateFailure is SecurityTokenExpiredException ended)
        {
            challenge.ErrorDescription = string.Create(CultureInfo.InvariantCulture, $"The token ended at {ended.Expires:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }

        return Task.CompletedTask;
    }

    /// <summary>A token that is bound to a key (RFC 7800; by DPoP or by a certificate) is none for whoever merely bears it, and no door here can see the proof.</summary>
    private static Task RefuseBound(TokenValidatedContext token)
    {
        if (token.Principal?.HasClaim(static claim => claim.Type == "cnf") is true)
        {
            token.Fail("The token is bound to a key; this door takes bearer tokens only.");
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether a token was found good and names a system that may use a scope.</summary>
    public static bool IsSystem(ClaimsPrincipal principal, string scope)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.Identity is { IsAuthenticated: true } && Caller.From(principal) is Caller.System system && system.TokenScopes.Contains(scope);
    }

    private static bool IsPerson(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true } && Caller.From(context.User) is Caller.Person;
}
