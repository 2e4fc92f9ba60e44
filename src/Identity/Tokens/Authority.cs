// How OpenIddict is set up.
using Microsoft.IdentityModel.Tokens;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using Sisote.Doors;
using Sisote.Identity.Assertions;
using Sisote.Identity.Clients;
using Sisote.Identity.Keys;
using Sisote.Identity.SignIn;
using Sisote.Identity.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sisote.Identity.Tokens;

internal static class Authority
{
    internal static void AddAuthority(this IServiceCollection services, RoomSettings settings, IdentityOptions options, AuthorityKeys keys)
    {
        services.AddOpenIddict()
            .AddCore(static core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<IdentityContext>();
                core.ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication, ClientApplications>();
            })
            .AddServer(server =>
            {
                server.SetIssuer(settings.Issuer);
                SetEndpoints(server);
                SetFlows(server);
                SetTokens(server, options, keys);
                server.AddEventHandler(AssertionCheck.Descriptor);
                server.AddEventHandler(RefusalsAreInvalidClient.Descriptor);
                server.AddEventHandler(AccessTokensAreNotStored.Descriptor);
                server.AddEventHandler(PersonClaimsAttached.Descriptor);

                // TLS may end before this process; in strict mode the issuer's address must be https (StartRules).
                server.UseAspNetCore()
                    .EnableTokenEndpointPassthrough()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .EnableErrorPassthrough()
                    .DisableTransportSecurityRequirement();
            });

        // After OpenIddict's own configuration, which adds methods that are not offered here.
        services.PostConfigure<OpenIddictServerOptions>(static set =>
        {
            set.CodeChallengeMethods.Clear();
            set.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
            set.ClientAuthenticationMethods.Clear();
            set.ClientAuthenticationMethods.Add(ClientAuthenticationMethods.PrivateKeyJwt);
        });
    }

    private static void SetEndpoints(OpenIddictServerBuilder server)
    {
        server.SetConfigurationEndpointUris(".well-known/openid-configuration", ".well-known/oauth-authorization-server")
            .SetJsonWebKeySetEndpointUris("jwks")
            .SetTokenEndpointUris(TokenEndpoint.Path)
            .SetAuthorizationEndpointUris(SignInEndpoint.Path)
            .SetEndSessionEndpointUris(SignOutEndpoint.Path);
    }

    private static void SetFlows(OpenIddictServerBuilder server)
    {
        server.AllowClientCredentialsFlow()
            .AllowAuthorizationCodeFlow()
            .AllowRefreshTokenFlow()
            .RequireProofKeyForCodeExchange()
            .RegisterScopes(Doors.Tokens.Scopes.Exchange, Doors.Tokens.Scopes.Inner, Doors.Tokens.Scopes.Person, Scopes.OfflineAccess);
    }

    private static void SetTokens(OpenIddictServerBuilder server, IdentityOptions options, AuthorityKeys keys)
    {
        server.AddSigningCredentials(new SigningCredentials(keys.Signing, SecurityAlgorithms.EcdsaSha256))
            .AddEncryptionKey(keys.Encryption)
            .DisableAccessTokenEncryption()
            .SetAccessTokenLifetime(TimeSpan.FromSeconds(options.AccessTokenSeconds))
            .SetIdentityTokenLifetime(TimeSpan.FromMinutes(5))
            .SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1))
            .SetRefreshTokenLifetime(TimeSpan.FromMinutes(options.PersonSessionMinutes))
            .DisableSlidingRefreshTokenExpiration();
    }
}
