// The gateway's side of the outbox's door.
using Sisote.Doors.Outbox;
using Sisote.Gateway.Clients;

namespace Sisote.Gateway.Outbox;

/// <summary>Calls the room that keeps the outbox. Null means that it could not be asked: then nothing is known of what waits, and nothing is sent past it.</summary>
internal sealed class OutboxApi(ConsentApi consent)
{
    internal Task<AheadAnswer?> FindAheadAsync(AheadQuestion question, CancellationToken cancellation) => consent.PostAsync<AheadQuestion, AheadAnswer>("outbox/ahead", question, cancellation);

    internal Task<HoldAnswer?> HoldAsync(HeldEntry entry) => consent.PostAsync<HeldEntry, HoldAnswer>("outbox/hold", entry, CancellationToken.None);

    internal Task<ArrivedAnswer?> ArriveAsync(ArrivedEntry arrived) => consent.PostAsync<ArrivedEntry, ArrivedAnswer>("outbox/arrived", arrived, CancellationToken.None);

    /// <summary>Not to be cancelled: what is leased and not told is nobody's until the lease ends.</summary>
    internal Task<LeaseAnswer?> LeaseAsync(LeaseQuestion question) => consent.PostAsync<LeaseQuestion, LeaseAnswer>("outbox/lease", question, CancellationToken.None);

    internal Task<BeginAnswer?> BeginAsync(BeginSending begun) => consent.PostAsync<BeginSending, BeginAnswer>("outbox/begin", begun, CancellationToken.None);

    internal Task<SettleAnswer?> SettleAsync(SettledEntry settled) => consent.PostAsync<SettledEntry, SettleAnswer>("outbox/settle", settled, CancellationToken.None);

    /// <summary>An entry; <c>IsReachable</c> false where the room could not be asked.</summary>
    internal Task<(bool IsReachable, OutboxEntry? Entry)> FindAsync(string id, CancellationToken cancellation) => consent.GetAsync<OutboxEntry>($"outbox/{id}", cancellation);

    /// <summary>Takes an entry back; null where it could not be asked, false where it is too late.</summary>
    internal Task<bool?> CancelAsync(string id) => consent.TryAsync($"outbox/{id}/cancel", CancellationToken.None);
}
