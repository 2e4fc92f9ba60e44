// Asks the source and hands its answer to the path that the call is on.
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Release;

namespace Sisote.Gateway.Enforcement;

/// <summary>An answer that began goes on to be released or recorded as delivered; where there is none, the call ends as a fault of the source.</summary>
internal sealed class Answering(SourceCalls sources, ReleaseTransform release, DeliveryTransform delivery, SourceFaults faults)
{
    internal async Task AnswerAsync(HttpContext context, Exchange exchange, UpstreamRequest narrowed)
    {
        using var reply = await sources.AskAsync(context.GetReverseProxyFeature(), narrowed, context.RequestAborted);
        await ((exchange, reply.Response) switch
        {
            (ReadExchange read, { } response) => release.ReleaseAsync(context, response, read, reply.Limit),
            (WriteExchange write, { } response) => delivery.DeliverAsync(context, response, write, reply.Limit),
            _ => faults.SettleAsync(context, exchange, reply.Fault),
        });
    }
}
