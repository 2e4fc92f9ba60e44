// An entry that comes now: sent at once, or kept.
using Sisote.Doors.Outbox;
using Sisote.Gateway.Answers;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Recording;

namespace Sisote.Gateway.Outbox;

/// <summary>
/// Sends an entry whose intents are on record. Where its target cannot take it now, or where an earlier entry of the same client on the same way waits, it is kept and its sender told where to look;
/// where it cannot be kept either, the sender hears what it heard without an outbox.
/// </summary>
internal sealed class FirstAttempt(Holding holding, EntrySending sending, DeliveryTransform delivery, EntryStatusAnswer answer, OutboxPatience patience)
{
    internal async Task SendAsync(HttpContext context, WriteExchange exchange, UpstreamRequest request)
    {
        if (!holding.IsOpen || exchange.Origin is not { DeliveryKey: { } id } origin)
        {
            await delivery.SettleAsync(context, exchange, await sending.SendAsync(exchange, request, context.RequestAborted)); // a step never waits
            return;
        }

        switch (await holding.FindAheadAsync(new Repetition(origin, exchange.Client, exchange.Call.Asker.System.Id, exchange.Call.Asker.Other.Id)))
        {
            case null:
                await delivery.SettleAsync(context, exchange, Delivery.NotTaken);
                return;
            case { IsOther: true }:
                await delivery.SettleAsync(context, exchange, Delivery.KeyUsed);
                return;
            case { Self: { } state }:
                await TellAsync(context, exchange, id, state, Records.Waiting); // nothing was sent by this call
                return;
            case { IsBehind: true }:
                await HoldAsync(context, exchange, origin, Delivery.NotTaken, isTried: false);
                return;
            default:
                await TryAsync(context, exchange, origin, request);
                return;
        }
    }

    /// <summary>
    /// Answers a call that was refused: where the same entry waits already, or is on its way, it is that one, whatever would become of a new one. The consent for one notice that it used is the commonest reason.
    /// </summary>
    internal async Task RepeatAsync(HttpContext context, Repetition repetition, Refusal refusal)
    {
        switch (holding.IsOpen ? await holding.FindAheadAsync(repetition) : new AheadAnswer(IsBehind: false))
        {
            case null:
                await OutcomeWriter.WriteAsync(context, Refusal.LogDown);
                return;
            case { Self: { } state, IsOther: false }:
                await answer.WaitsAsync(context, repetition.Origin.DeliveryKey!, state, []);
                return;
            default:
                await OutcomeWriter.WriteAsync(context, refusal);
                return;
        }
    }

    private async Task TryAsync(HttpContext context, WriteExchange exchange, EntryOrigin origin, UpstreamRequest request)
    {
        var outcome = await sending.SendAsync(exchange, request, context.RequestAborted);
        if (!outcome.CanWait)
        {
            patience.Answered(exchange.Call.Asker.Other.Id);
        }

        await (outcome.CanWait ? HoldAsync(context, exchange, origin, outcome, isTried: true)
            : outcome.Refusal is null && origin.CallersKey is not null ? DeliveredAsync(context, exchange, origin, outcome)
            : delivery.SettleAsync(context, exchange, outcome));
    }

    /// <summary>INVARIANT: what was delivered by this call is never told as refused, cancelled or expired by another one of the same key that waits meanwhile.</summary>
    private async Task DeliveredAsync(HttpContext context, WriteExchange exchange, EntryOrigin origin, Delivery outcome)
    {
        var recorded = await delivery.RecordAsync(exchange, outcome);
        var (state, kept) = recorded is null ? (OutboxState.Unknown, EntryEnds.AnswerOf(Refusal.OutcomeUnknown)) : (OutboxState.Delivered, delivery.Keep(exchange, recorded));
        await holding.TellArrivedAsync(origin, origin.DeliveryKey!, state, kept);
        await delivery.AnswerAsync(context, exchange, outcome, recorded);
    }

    /// <summary>INVARIANT: what may be kept is never told as if it were not. And who hung up without a key of its own sends the entry again as a new one: then it must not wait here as well.</summary>
    private async Task HoldAsync(HttpContext context, WriteExchange exchange, EntryOrigin origin, Delivery outcome, bool isTried)
    {
        var (id, isUnclear) = (origin.DeliveryKey!, outcome.Outcome == Records.Unknown);
        if (HasLeft(context, origin))
        {
            await delivery.SettleAsync(context, exchange, outcome);
            return;
        }

        switch (await holding.HoldAsync(exchange, origin, id, isUnclear, isTried))
        {
            case null:
                await delivery.SettleAsync(context, exchange, Delivery.Unknown, headers => answer.Place(headers, id));
                return;
            case { IsOther: true }:
                await delivery.SettleAsync(context, exchange, isUnclear ? outcome : Delivery.KeyUsed);
                return;
            case { IsHeld: false }:
                await delivery.SettleAsync(context, exchange, outcome);
                return;
            case var _ when HasLeft(context, origin) && await holding.TakeBackAsync(id):
                await EntryStatusAnswer.CancelledAsync(context); // the log hears of it as of every other that was taken back
                return;
            case { State: var state }:
                await TellAsync(context, exchange, id, state ?? (isUnclear ? OutboxState.Unknown : OutboxState.Waiting), isUnclear ? Records.Unknown : Records.Waiting);
                return;
        }
    }

    private static bool HasLeft(HttpContext context, EntryOrigin origin) => origin.CallersKey is null && context.RequestAborted.IsCancellationRequested;

    private async Task TellAsync(HttpContext context, WriteExchange exchange, string id, OutboxState state, string outcome)
    {
        var recorded = await delivery.RecordAsync(exchange, Delivery.NotTaken with { Outcome = outcome });
        await answer.WaitsAsync(context, id, state, [.. (recorded ?? []).Take(1).SelectMany(static one => new[] { one.Sent.Receipt, one.Receipt }).OfType<string>()]);
    }
}
