// Lets callers with a known token straight to the enforcement point.
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Sisote.Doors.Tokens;
using Yarp.ReverseProxy.Model;

namespace Sisote.Gateway.Callers;

/// <summary>
/// Stands before the framework's authentication and authorization and takes on their work where both are known beforehand: a token that they found good a moment ago, and a route that asks for one
/// policy and nothing else, which the token's caller fulfils. Every other request goes their way, also each that is refused.
/// </summary>
internal sealed class KnownCallerDoor(RequestDelegate next, KnownTokens tokens, IOptionsMonitor<JwtBearerOptions> door)
{
    private readonly JwtBearerOptions options = door.Get(JwtBearerDefaults.AuthenticationScheme);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is { RequestDelegate: { } enforced } endpoint && AsksForExchangeAlone(endpoint)
            && options.ConfigurationManager is { } manager && tokens.Find(context, manager) is { } known && TokenDoor.IsSystem(known, Scopes.Exchange))
        {
            context.User = known;
            return enforced(context);
        }

        return next(context);
    }

    private static bool AsksForExchangeAlone(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<RouteModel>() is not null
        && endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is [{ Policy: TokenDoor.Exchange, Roles: null, AuthenticationSchemes: null }]
        && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null && endpoint.Metadata.GetMetadata<IAuthorizationRequirementData>() is null;
}
