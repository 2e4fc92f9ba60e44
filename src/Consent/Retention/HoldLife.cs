// Holds are placed and lifted: one transaction with the log, in the line where erasing stands too.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;

namespace Sisote.Consent.Retention;

/// <summary>Keeps the life of holds.</summary>
/// <remarks>INVARIANT: a hold is placed in the log's one line of writers, and every batch of erasing looks at the holds in that line; once a hold is answered, no record under it is erased.</remarks>
internal sealed class HoldLife(LogWriter writer)
{
    /// <summary>Places a hold; null where it names places that the log does not have, of which nothing could be said in the log either.</summary>
    /// <param name="hold">The hold; when it was placed is told by the log.</param>
    /// <param name="enteredBy">Who entered it.</param>
    /// <param name="correlationId">The call.</param>
    public Task<Hold?> PlaceAsync(Hold hold, LogParty enteredBy, string correlationId) => writer.WriteAsync<Hold?>(async transaction =>
    {
        if (hold.Range is { } range && range.Last >= transaction.Size)
        {
            return null;
        }

        var placed = hold with { PlacedAt = transaction.Now };
        await HoldStore.AddAsync(transaction.Session, placed, CancellationToken.None);
        Record(transaction, placed, enteredBy, "placed", correlationId);
        return placed;
    });

    /// <summary>Lifts a hold; the hold as it stands then, null where there is none that the caller may lift. Lifting twice changes nothing.</summary>
    public Task<Hold?> LiftAsync(string id, HoldOrder by, LogParty enteredBy, string correlationId) => writer.WriteAsync<Hold?>(async transaction =>
    {
        if (await HoldStore.FindAsync(transaction.Session, id, CancellationToken.None) is not { } hold || hold.PlacedBy.Organisation != by.Organisation)
        {
            return null;
        }

        if (hold.LiftedAt is not null)
        {
            return hold;
        }

        var told = Record(transaction, hold, enteredBy, "lifted", correlationId);
        await HoldStore.LiftAsync(transaction.Session, id, by, transaction.Now, told.Index, CancellationToken.None);
        return hold with { LiftedBy = by, LiftedAt = transaction.Now };
    });

    private static LoggedEntry Record(LogTransaction transaction, Hold hold, LogParty who, string outcome, string correlationId) => transaction.Append(new LogEntry
    {
        Schema = CanonicalForm.KeepingSchema,
        Id = Guid.CreateVersion7().ToString("N"),
        Time = transaction.Now,
        Kind = LogEntryKind.HoldChange,
        CorrelationId = correlationId,
        To = who,
        Outcome = outcome,
        Concerns = hold.Id,
        Hold = hold.ToLog(),
        Visibility = new LogVisibility { Client = false },
    });
}
