// Puts entries into the outbox, and asks what stands there.
using Sisote.Doors.Outbox;
using Sisote.Gateway.Entries;
using Sisote.Gateway.Requests;

namespace Sisote.Gateway.Outbox;

/// <summary>Keeps an entry as its sender sent it: what was decided and written anew is not kept, because it is decided anew.</summary>
internal sealed class Holding(OutboxApi outbox, OutboxSeal seal, GatewayOptions options, TimeProvider clock)
{
    /// <summary>Whether entries wait here at all.</summary>
    internal bool IsOpen => options.Outbox.Waits;

    /// <summary>What stands before the entry; null where the outbox cannot be asked.</summary>
    internal Task<AheadAnswer?> FindAheadAsync(Repetition entry) => outbox.FindAheadAsync(
        new AheadQuestion { Id = entry.Origin.DeliveryKey!, Client = entry.Client, Sender = entry.Sender, Target = entry.Target, Digest = DigestOf(entry.Origin) }, CancellationToken.None);

    /// <summary>Keeps the entry, durable when this returns; null where nobody knows whether it is kept.</summary>
    internal async Task<HoldAnswer?> HoldAsync(WriteExchange exchange, EntryOrigin origin, string id, bool isUnclear, bool isTried)
    {
        var held = new HeldEntry
        {
            Id = id,
            Client = exchange.Client,
            Sender = exchange.Call.Asker.System.Id,
            Target = exchange.Call.Asker.Other.Id,
            Content = seal.Seal(ContentOf(exchange, origin), id),
            IsUnclear = isUnclear,
            IsTried = isTried,
            DueAt = clock.GetUtcNow() + (isTried ? Backoff.After(1, options.Outbox) : options.Outbox.LookEvery), // not before what came of it is on record
            Digest = DigestOf(origin),
        };
        return await outbox.HoldAsync(held) ?? await outbox.HoldAsync(held); // an entry that stands there already is held, so asking twice keeps it once
    }

    /// <summary>Says that the entry arrived by this call, or may have: another call under the same key may wait meanwhile, or may have ended as if nothing had arrived.</summary>
    internal async Task TellArrivedAsync(EntryOrigin origin, string id, OutboxState state, KeptAnswer answer)
    {
        var arrived = new ArrivedEntry { Id = id, State = state, Answer = seal.Seal(answer, id), Digest = DigestOf(origin) };
        _ = await outbox.ArriveAsync(arrived) ?? await outbox.ArriveAsync(arrived);
    }

    /// <summary>Takes back what was just held; false where it is too late or cannot be asked.</summary>
    internal async Task<bool> TakeBackAsync(string id) => await outbox.CancelAsync(id) == true;

    private byte[] DigestOf(EntryOrigin origin) => seal.DigestOf(TypeOf(origin), BodyOf(origin));

    private static string? TypeOf(EntryOrigin origin) => (origin.Interaction as Interaction.Create)?.Type;

    private static byte[] BodyOf(EntryOrigin origin) => origin.Interaction switch
    {
        Interaction.Create create => create.Body,
        Interaction.Transaction transaction => transaction.Body,
        _ => throw new InvalidOperationException("Only entries wait."),
    };

    private static HeldContent ContentOf(WriteExchange exchange, EntryOrigin origin)
    {
        var asker = exchange.Call.Asker;
        return new HeldContent
        {
            Type = TypeOf(origin),
            Body = BodyOf(origin),
            CallersKey = origin.CallersKey,
            CorrelationId = exchange.Call.CorrelationId,
            Caller = asker.System.Id,
            Business = asker.Business,
            Target = asker.Other.Id,
            Stated = [.. asker.Attestations.Select(static one => new HeldStatement(one.Condition.Value, one.Reference))],
            Intents = [.. exchange.Sent.Select(static sent => sent.Intent)],
        };
    }
}
