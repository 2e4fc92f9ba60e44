// Hands a source's answer to the path that its call is on.
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Release;

namespace Sisote.Gateway.Enforcement;

/// <summary>An answer that began goes on to be released or recorded as delivered; where there is none, the call ends as a fault of the source.</summary>
internal sealed class Answering(ReleaseTransform release, DeliveryTransform delivery, SourceFaults faults)
{
    internal Task AnswerAsync(HttpContext context, Exchange exchange, SourceReply reply) => (exchange, reply.Response) switch
    {
        (ReadExchange read, { } response) => release.ReleaseAsync(context, response, read, reply.Limit),
        (WriteExchange write, { } response) => delivery.DeliverAsync(context, response, write, reply.Limit),
        _ => faults.SettleAsync(context, exchange, reply.Fault),
    };
}
