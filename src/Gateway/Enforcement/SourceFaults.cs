// What the caller hears when a source gave no answer.
using Sisote.Gateway.Answers;
using Sisote.Gateway.Forwarding;

namespace Sisote.Gateway.Enforcement;

/// <summary>Ends reads whose source could not be reached, or whose answer has no beginning that could be read.</summary>
internal sealed class SourceFaults(Refusing refusing, ILogger<SourceFaults> log)
{
    internal async Task SettleAsync(HttpContext context, ReadExchange read, SourceFault fault)
    {
        Log.SourceUnreachable(log, read.Call.Asker.Other.Id.Value, fault.ToString(), read.Call.CorrelationId);
        await refusing.RefuseAsync(context, read, fault is SourceFault.Unreadable or SourceFault.CallerGone ? Refusal.SourceUnusable : Refusal.SourceDown);
    }
}
