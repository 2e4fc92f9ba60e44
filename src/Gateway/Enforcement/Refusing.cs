// A refusal is a record too.
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Recording;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Enforcement;

/// <summary>Records refusals and answers with them. Where the log cannot be written, the answer says that instead: without a record not even a refusal is final.</summary>
internal sealed class Refusing(Records records, AppendQueue queue)
{
    /// <summary>Refuses a read or search that had got as far as the source.</summary>
    internal async Task RefuseAsync(HttpContext context, ReadExchange exchange, Refusal refusal)
    {
        var item = exchange.Client is { } client
            ? records.About(exchange.Call, client.Known, client.Decided)
            : new AppendItem { Entry = records.Refusal(exchange.Call, Direction.Read, refusal.Slug) };
        await OutcomeWriter.WriteAsync(context, await TryRecordAsync(item with { Entry = item.Entry with { Outcome = refusal.Slug } }) ? refusal : Refusal.LogDown);
    }

    /// <summary>Refuses a caller that is not registered for the exchange; nobody was asked about.</summary>
    internal async Task RefuseStrangerAsync(HttpContext context, SystemId? caller, string system, Refusal refusal)
    {
        var entry = records.Stranger(context.TraceIdentifier, caller, SystemId.Parse(system), refusal.Slug);
        await OutcomeWriter.WriteAsync(context, await TryRecordAsync(new AppendItem { Entry = entry }) ? refusal : Refusal.LogDown);
    }

    /// <summary>Records a refusal or another record that releases nothing.</summary>
    internal async Task<bool> TryRecordAsync(AppendItem item) => await queue.AppendAsync(item) is { Status: AppendStatus.Committed };

    /// <summary>Records that a handle or list led to nobody; false = the log cannot be written.</summary>
    internal Task<bool> TryRecordUnknownAsync(ReadExchange exchange) => TryRecordAsync(new AppendItem { Entry = records.Refusal(exchange.Call, Direction.Read, Records.NothingFound) });
}
