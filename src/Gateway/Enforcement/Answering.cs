// Asks the source and hands its answer to the path that the call is on.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Outbox;
using Sisote.Gateway.Release;

namespace Sisote.Gateway.Enforcement;

/// <summary>Entries go their own way. An answer that began goes on to be released; where there is none, the call ends as a fault of the source.</summary>
internal sealed class Answering(SourceCalls sources, ReleaseTransform release, FirstAttempt entries, SourceFaults faults)
{
    internal Task RefuseAsync(HttpContext context, Prepared.Answer refused) =>
        refused.Repeats is { } repetition ? entries.RepeatAsync(context, repetition, refused.Refusal) : OutcomeWriter.WriteAsync(context, refused.Refusal);

    internal async Task AnswerAsync(HttpContext context, Exchange exchange, UpstreamRequest narrowed)
    {
        if (exchange is WriteExchange entry)
        {
            await entries.SendAsync(context, entry, narrowed);
            return;
        }

        var read = (ReadExchange)exchange;
        using var reply = await sources.AskAsync(context.GetReverseProxyFeature(), narrowed, context.RequestAborted);
        await (reply.Response is { } response ? release.ReleaseAsync(context, response, read, reply.Limit) : faults.SettleAsync(context, read, reply.Fault));
    }
}
