// The operator takes an entry back, and the log says that it was the operator.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Review;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Outbox;

/// <summary>Takes back in one transaction with an entry of the log. What the gateway records afterwards, the outcome of what the sender began, names the sender and not who took it back.</summary>
internal sealed class OutboxCancelling(LogWriter writer)
{
    /// <summary>Takes it back; false where its sending has begun, or where it has ended.</summary>
    public Task<bool> CancelAsync(string id, Caller who, string correlationId) => writer.WriteAsync(async transaction =>
    {
        if (await OutboxStore.TakeBackAsync(transaction.Session, id, transaction.Now, CancellationToken.None) is not { } taken)
        {
            return false;
        }

        transaction.Append(new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.WriteOutcome,
            CorrelationId = correlationId,
            Client = taken.Client,
            From = LogReads.PartyOf(who),
            To = new LogParty { System = taken.Target },
            Outcome = "cancelled",
            Concerns = id,
            Visibility = new LogVisibility { Client = false },
        }, sides: await ClientSides.FindAsync(transaction.Session, taken.Client, CancellationToken.None));
        return true;
    });
}
