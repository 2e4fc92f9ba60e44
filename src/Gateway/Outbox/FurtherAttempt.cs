// An entry that waited: decided anew, and sent if it still may be.
using Sisote.Doors.Outbox;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Enforcement;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Outbox;

/// <summary>
/// The way of every write, gone anew: read, held against the law, decided on the client's state as it is now, recorded, sent under the same key. INVARIANT: nothing is sent on a decision that was made
/// before it waited.
/// </summary>
internal sealed class FurtherAttempt(HeldCalls calls, WritePreparation writes, EntrySending sending, OutboxLeases leases, DeliveryTransform delivery, EntryEnds ends)
{
    internal async Task<AttemptOutcome> SendAsync(LeasedEntry entry, HeldContent content)
    {
        if (calls.Recall(content, entry.Id) is not var (call, origin, sights))
        {
            return await ends.RefuseAsync(entry, content);
        }

        return await writes.PrepareAsync(call, origin, sights, CancellationToken.None) switch
        {
            Prepared.Forward { Exchange: WriteExchange exchange, Request: var request } => await SendAsync(entry, exchange, request),
            Prepared.Answer { Refusal.Status: >= StatusCodes.Status500InternalServerError } => new AttemptOutcome.NotTried(),
            _ => await ends.RefuseAsync(entry, content),
        };
    }

    /// <summary>INVARIANT: nothing is sent before it is on record that from now on it may have arrived.</summary>
    private async Task<AttemptOutcome> SendAsync(LeasedEntry entry, WriteExchange exchange, UpstreamRequest request)
    {
        if (!await leases.BeginAsync(entry))
        {
            await delivery.RecordAsync(exchange, Delivery.NotTaken with { Outcome = Records.Waiting });
            return new AttemptOutcome.NotTried();
        }

        return await SettleAsync(entry, exchange, await sending.SendAsync(exchange, request, CancellationToken.None));
    }

    /// <summary>INVARIANT: what may have arrived at an earlier attempt never ends as if it had not, whatever the target says to this one.</summary>
    private async Task<AttemptOutcome> SettleAsync(LeasedEntry entry, WriteExchange exchange, Delivery outcome)
    {
        var isWaiting = outcome.CanWait && outcome.Outcome != Records.Unknown;
        var recorded = await delivery.RecordAsync(exchange, isWaiting ? outcome with { Outcome = Records.Waiting } : outcome);
        if (isWaiting)
        {
            return new AttemptOutcome.NotTaken();
        }

        if (outcome.CanWait || recorded is null)
        {
            return new AttemptOutcome.Unclear(); // what is not on record is sent again, and the target says again what it said
        }

        var receipts = recorded.Take(1).SelectMany(DeliveryAnswer.Receipts);
        return outcome.Refusal is { } refusal
            ? entry.Unclear > 0
                ? new AttemptOutcome.Ended(OutboxState.Unknown, EntryEnds.AnswerOf(Refusal.OutcomeUnknown, receipts))
                : new AttemptOutcome.Ended(OutboxState.Refused, EntryEnds.AnswerOf(refusal, receipts))
            : new AttemptOutcome.Ended(OutboxState.Delivered, delivery.Keep(exchange, recorded));
    }
}
