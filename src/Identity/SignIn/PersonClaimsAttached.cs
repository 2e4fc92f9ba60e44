// What the tokens say about a signed-in person.
using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Sisote.Doors.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sisote.Identity.SignIn;

/// <summary>Adds the person's claims at the last moment and to the finished tokens only.</summary>
/// <remarks>
/// INVARIANT: the national identifier stands in the access token and nowhere else. Codes and refresh tokens (which OpenIddict keeps) and the identity token know the
/// subject alone; the person is looked up anew each time, so that somebody who has been removed gets no further token.
/// </remarks>
internal sealed class PersonClaimsAttached(DemoPersons persons) : IOpenIddictServerHandler<ProcessSignInContext>
{
    internal static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<PersonClaimsAttached>()
        .SetOrder(OpenIddictServerHandlers.PrepareIdentityTokenPrincipal.Descriptor.Order + 500)
        .SetType(OpenIddictServerHandlerType.Custom)
        .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.EndpointType != OpenIddictServerEndpointType.Token || !context.Principal!.HasScope(Doors.Tokens.Scopes.Person))
        {
            return ValueTask.CompletedTask;
        }

        if (persons.Find(context.Principal!.GetClaim(Claims.Subject)) is not { } person)
        {
            context.Reject(Errors.InvalidGrant, "This person can no longer sign in.");
            return ValueTask.CompletedTask;
        }

        if (context.AccessTokenPrincipal is { } access)
        {
            AddStanding(access, person);
            access.SetClaim(PersonClaims.Hetu, person.Hetu?.Reveal());
        }

        if (context.IdentityTokenPrincipal is { } identity)
        {
            AddStanding(identity, person);
            identity.SetClaim(Claims.Name, person.Name);
        }

        return ValueTask.CompletedTask;
    }

    private static void AddStanding(ClaimsPrincipal principal, DemoPerson person) => principal
        .SetClaim(PersonClaims.Kind, person.Kind.ToClaim())
        .SetClaim(PersonClaims.Role, person.Role?.Value)
        .SetClaim(PersonClaims.Organisation, person.Organisation?.Value)
        .SetClaim(PersonClaims.Professional, person.Professional?.Value);
}
