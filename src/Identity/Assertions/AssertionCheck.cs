// Where the rules of assertions stand in OpenIddict's course of a request.
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using Sisote.Identity.Clients;
using Sisote.Identity.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sisote.Identity.Assertions;

/// <summary>Runs when OpenIddict has verified an assertion's signature, issuer, subject and audience.</summary>
internal sealed class AssertionCheck(ClientRegister clients, UsedAssertions used, RoomSettings settings, TimeProvider clock, ILogger<AssertionCheck> log)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private const string BusinessProperty = "sisote:business";

    internal static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
        .UseSingletonHandler<AssertionCheck>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientId.Descriptor.Order + 500)
        .SetType(OpenIddictServerHandlerType.Custom)
        .Build();

    /// <summary>The checked business context of the current request.</summary>
    internal static BusinessContext? BusinessOf(OpenIddictServerTransaction transaction) => transaction.GetProperty<BusinessContext>(BusinessProperty);

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var assertion = new JsonWebToken(context.ClientAssertion);
        if (clients.Find(assertion.Issuer) is not { } client)
        {
            context.Reject(Errors.InvalidClient, "This client is not registered.");
            return;
        }

        var scopes = context.Request.IsClientCredentialsGrantType() ? context.Request.GetScopes().ToArray() : null;
        switch (AssertionRules.Judge(assertion, client, settings.Issuer.AbsoluteUri, scopes, clock.GetUtcNow()))
        {
            case AssertionOutcome.Accepted accepted when await used.TryUseAsync(client.Id.Value, accepted.Identifier, accepted.End, context.CancellationToken):
                context.Transaction.SetProperty(BusinessProperty, accepted.Business);
                break;
            case AssertionOutcome.Accepted:
                log.AssertionReplayed(client.Id.Value);
                context.Reject(Errors.InvalidClient, "This assertion has been used before. Make a new one, with a new jti, for every request.");
                break;
            case AssertionOutcome.Refused refused:
                log.AssertionRefused(client.Id.Value, refused.Reason);
                context.Reject(refused.Error, refused.Description);
                break;
        }
    }
}
