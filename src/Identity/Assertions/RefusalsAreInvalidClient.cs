// Names a failed proof as the standard names it.
using OpenIddict.Server;
using Sisote.Doors;
using Sisote.Doors.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sisote.Identity.Assertions;

/// <summary>RFC 6749 §5.2 and RFC 7523 §3.2: an assertion that does not hold is <c>invalid_client</c>; OpenIddict says <c>invalid_token</c> for some of its own checks.</summary>
/// <remarks>OpenIddict's own texts do not say how an assertion should be, so that is added to them.</remarks>
internal sealed class RefusalsAreInvalidClient(RoomSettings settings) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    private const string OpenIddictErrors = "https://documentation.openiddict.com/errors/";

    internal static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
        .UseSingletonHandler<RefusalsAreInvalidClient>()
        .SetOrder(OpenIddictServerHandlers.Exchange.NormalizeErrorResponse.Descriptor.Order + 500)
        .SetType(OpenIddictServerHandlerType.Custom)
        .Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Response.Error is Errors.InvalidToken)
        {
            context.Response.Error = Errors.InvalidClient;
        }

        if (context.Response.Error is Errors.InvalidClient && context.Response.ErrorUri?.StartsWith(OpenIddictErrors, StringComparison.Ordinal) == true)
        {
            context.Response.ErrorDescription =
                $"{context.Response.ErrorDescription} A client assertion needs: header typ {ClientAssertions.TokenType}, a signature by a registered key, iss and sub the client_id, aud {settings.Issuer.AbsoluteUri} and nothing else.";
        }

        return ValueTask.CompletedTask;
    }
}
