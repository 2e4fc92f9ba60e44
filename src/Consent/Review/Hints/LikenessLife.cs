// Likenesses are replaced, and the log says by whom.
using System.Globalization;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Doors.Tokens;

namespace Sisote.Consent.Review.Hints;

/// <summary>INVARIANT: no mark by which hints are found comes or goes without an entry in the view of the officers who rely on it. Which marks is not said: that a client is watched would stand there in clear.</summary>
internal sealed class LikenessLife(LogWriter writer, LikenessStore likenesses)
{
    /// <summary>Replaces the marks of one person; what is on record already changes nothing.</summary>
    public Task<bool> ReplaceAsync(RecordLikeness told, Caller who, string correlationId) => writer.WriteAsync(async transaction =>
    {
        if (await likenesses.ReplaceAsync(transaction.Session, told, CancellationToken.None) is not var (before, after))
        {
            return false;
        }

        var client = likenesses.ClientOf(told);
        transaction.Append(new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.ConsentChange,
            CorrelationId = correlationId,
            Client = client,
            From = LogReads.PartyOf(who),
            To = client is null ? new LogParty { Organisation = told.Organisation, Professional = told.Professional } : null,
            Outcome = "likeness-recorded",
            Concerns = string.Create(CultureInfo.InvariantCulture, $"before={before} after={after}"),
            Visibility = new LogVisibility { Client = false },
        }, sides: client is { } one ? await ClientSides.FindAsync(transaction.Session, one, CancellationToken.None) : told.Organisation is { } organisation ? [organisation] : []);
        return true;
    });
}
