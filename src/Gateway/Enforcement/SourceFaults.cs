// What the caller hears when the forwarder came back without an answer.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Entries;
using Yarp.ReverseProxy.Forwarder;

namespace Sisote.Gateway.Enforcement;

/// <summary>Ends calls whose source could not be reached or whose answer could not be taken over. Nothing of what the forwarder put into the answer leaves.</summary>
internal sealed class SourceFaults(Refusing refusing, DeliveryTransform delivery, ILogger<SourceFaults> log)
{
    /// <summary>Answers a call that is not settled yet.</summary>
    /// <param name="context">The call.</param>
    /// <param name="exchange">What is known of it.</param>
    /// <param name="wasSent">Whether the source may have heard of it.</param>
    internal async Task SettleAsync(HttpContext context, Exchange exchange, bool wasSent)
    {
        if (exchange.IsSettled)
        {
            return;
        }

        var error = context.GetForwarderErrorFeature()?.Error ?? ForwarderError.None;
        Log.SourceUnreachable(log, exchange.Call.Asker.Other.Id.Value, error.ToString(), exchange.Call.CorrelationId);
        switch (exchange)
        {
            case ReadExchange read:
                await refusing.RefuseAsync(context, read, error is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.None ? Refusal.SourceDown : Refusal.SourceUnusable);
                break;
            case WriteExchange write when wasSent && !NeverConnected(context):
                await delivery.SettleAsync(context, write, Delivery.Unknown);
                break;
            case WriteExchange write:
                await delivery.SettleAsync(context, write, Delivery.NotTaken);
                break;
        }
    }

    /// <summary>No connection could be made, so nothing can have arrived.</summary>
    private static bool NeverConnected(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
}
