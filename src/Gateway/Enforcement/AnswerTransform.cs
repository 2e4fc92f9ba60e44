// Where the forwarder hands over a source's answer.
using Sisote.Gateway.Entries;
using Sisote.Gateway.Release;
using Yarp.ReverseProxy.Transforms;

namespace Sisote.Gateway.Enforcement;

/// <summary>Keeps the forwarder from copying anything and passes the answer to the path its call is on.</summary>
internal sealed class AnswerTransform(ReleaseTransform release, DeliveryTransform delivery) : ResponseTransform
{
    /// <inheritdoc />
    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        context.SuppressResponseBody = true;
        if (context.ProxyResponse is null)
        {
            return;
        }

        switch (context.HttpContext.Features.Get<Exchange>())
        {
            case ReadExchange read:
                await release.ReleaseAsync(context, read);
                break;
            case WriteExchange write:
                await delivery.DeliverAsync(context, write);
                break;
        }
    }
}
