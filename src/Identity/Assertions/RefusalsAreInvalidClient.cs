// Names a failed proof as the standard names it.
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sisote.Identity.Assertions;

/// <summary>RFC 6749 §5.2 and RFC 7523 §3.2: an assertion that does not hold is <c>invalid_client</c>; OpenIddict says <c>invalid_token</c> for some of its own checks.</summary>
internal sealed class RefusalsAreInvalidClient : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
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

        return ValueTask.CompletedTask;
    }
}
