// Keeps OpenIddict's table of applications equal to the register.
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using Sisote.Doors;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sisote.Identity.Clients;

internal sealed class ClientEntries(IOpenIddictApplicationManager applications, ClientRegister register, RoomSettings settings)
{
    /// <summary>Writes what is registered and removes who no longer is.</summary>
    internal async Task SynchroniseAsync(CancellationToken cancellation)
    {
        var gone = new List<object>();
        await foreach (var application in applications.ListAsync(count: null, offset: null, cancellation))
        {
            if (register.Find(await applications.GetClientIdAsync(application, cancellation)) is null)
            {
                gone.Add(application);
            }
        }

        foreach (var application in gone)
        {
            await applications.DeleteAsync(application, cancellation);
        }

        foreach (var client in register.All)
        {
            await WriteAsync(Describe(client), cancellation);
        }
    }

    private async Task WriteAsync(OpenIddictApplicationDescriptor descriptor, CancellationToken cancellation)
    {
        if (await applications.FindByClientIdAsync(descriptor.ClientId!, cancellation) is { } application)
        {
            await applications.UpdateAsync(application, descriptor, cancellation);
        }
        else
        {
            await applications.CreateAsync(descriptor, cancellation);
        }
    }

    private OpenIddictApplicationDescriptor Describe(RegisteredClient client)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id.Value,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            JsonWebKeySet = new JsonWebKeySet(), // the keys themselves: see ClientApplications
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + client.Scope },
        };
        if (client.SignsPeopleIn)
        {
            descriptor.Permissions.UnionWith([
                Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession, Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code, Permissions.Prefixes.Scope + Doors.Tokens.Scopes.Person,
            ]);
            descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
            descriptor.RedirectUris.Add(new Uri(settings.Portal, "signin-oidc"));
            descriptor.PostLogoutRedirectUris.Add(new Uri(settings.Portal, "signout-callback-oidc"));
        }

        return descriptor;
    }
}
