// What happens to a target's answer to an entry.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Outbox;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Entries;

/// <summary>The end of a write: find out what became of the entry, record it, tell the sender in our own words.</summary>
internal sealed class DeliveryTransform(TargetAnswers targets, Records records, AppendQueue queue, DeliveryAnswer answer, ILogger<DeliveryTransform> log)
{
    /// <summary>Takes a target's answer over.</summary>
    internal async Task DeliverAsync(HttpContext context, HttpResponseMessage response, WriteExchange exchange, CancellationToken limit) =>
        await SettleAsync(context, exchange, await targets.ReadAsync(response, exchange, limit));

    /// <summary>Records the outcome of every resource and answers the sender.</summary>
    internal async Task SettleAsync(HttpContext context, WriteExchange exchange, Delivery delivery, Action<IHeaderDictionary>? addHeaders = null)
    {
        await AnswerAsync(context, exchange, delivery, await RecordAsync(exchange, delivery), addHeaders);
    }

    /// <summary>Answers the sender; no outcomes = they could not be recorded.</summary>
    internal async Task AnswerAsync(HttpContext context, WriteExchange exchange, Delivery delivery, IReadOnlyList<Outcome>? outcomes, Action<IHeaderDictionary>? addHeaders = null)
    {
        if (outcomes is null)
        {
            await OutcomeWriter.WriteAsync(context, Refusal.OutcomeUnknown, addHeaders);
            return;
        }

        if (delivery.Refusal is { } refusal)
        {
            await OutcomeWriter.WriteAsync(context, refusal, addHeaders);
            return;
        }

        await answer.WriteAsync(context, exchange, delivery, outcomes);
    }

    /// <summary>Records the outcome of every resource; null where the log cannot be written.</summary>
    internal async Task<IReadOnlyList<Outcome>?> RecordAsync(WriteExchange exchange, Delivery delivery)
    {
        var (outcome, _, ids) = delivery;
        var outcomes = exchange.Sent.Select((sent, place) => new Outcome(sent, place < ids.Length && ids[place] is { } id
            ? exchange.Handles.ForResource(exchange.Call.Asker.Other.Id, sent.Type, exchange.Client, id) : null)).ToArray();
        if (await queue.AppendTogetherAsync([.. outcomes.Select(one => MakeItem(one, outcome))]) is not [{ Status: AppendStatus.Committed }, ..] recorded)
        {
            Log.OutcomeNotRecorded(log, exchange.Sent[0].Intent.Id);
            return null;
        }

        return [.. outcomes.Zip(recorded, static (one, result) => one with { Receipt = result.Receipt })];
    }

    /// <summary>The answer to a delivered entry, for a sender that comes for it later.</summary>
    internal KeptAnswer Keep(WriteExchange exchange, IReadOnlyList<Outcome> outcomes) => answer.Keep(exchange, outcomes);

    private AppendItem MakeItem(Outcome one, string outcome) => new()
    {
        Entry = records.Outcome(one.Sent.Intent, outcome, one.Handle is { } handle ? [new LogResource { Type = one.Sent.Type, Handle = handle }] : []),
        Begins = outcome == Records.Delivered ? one.Sent.Begins : null,
        Moves = outcome == Records.Delivered ? one.Sent.Moves : null,
    };
}

/// <summary>What became of one resource: the sender's handle of what the target made of it, and the receipt of the outcome.</summary>
internal sealed record Outcome(SentResource Sent, string? Handle, string? Receipt = null);
