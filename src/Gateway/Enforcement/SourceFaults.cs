// What the caller hears when a source gave no answer.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;

namespace Sisote.Gateway.Enforcement;

/// <summary>Ends calls whose source could not be reached, or whose answer has no beginning that could be read.</summary>
internal sealed class SourceFaults(Refusing refusing, DeliveryTransform delivery, ILogger<SourceFaults> log)
{
    internal async Task SettleAsync(HttpContext context, Exchange exchange, SourceFault fault)
    {
        Log.SourceUnreachable(log, exchange.Call.Asker.Other.Id.Value, fault.ToString(), exchange.Call.CorrelationId);
        switch (exchange)
        {
            case ReadExchange read:
                await refusing.RefuseAsync(context, read, fault is SourceFault.Unreadable or SourceFault.CallerGone ? Refusal.SourceUnusable : Refusal.SourceDown);
                break;
            case WriteExchange write when fault is SourceFault.NoCredential or SourceFault.NeverConnected: // so nothing can have arrived
                await delivery.SettleAsync(context, write, Delivery.NotTaken);
                break;
            case WriteExchange write:
                await delivery.SettleAsync(context, write, Delivery.Unknown);
                break;
        }
    }
}
