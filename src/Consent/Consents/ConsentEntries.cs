// A version goes on record: its row, the client's revision, the log entry.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>INVARIANT: no version without its log entry and a raised revision, in one transaction.</summary>
internal static class ConsentEntries
{
    /// <summary>Adds a version of a client who has a row. Those who may hold what it names are told where they have to do with the client.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="version">The version.</param>
    /// <param name="from">Who tells it.</param>
    /// <param name="correlationId">The call.</param>
    /// <param name="scope">The law.</param>
    /// <param name="holder">Who discloses on it in this very transaction.</param>
    /// <param name="relates">The entry of which it comes.</param>
    public static async Task<LoggedEntry> AddAsync(LogTransaction transaction, ConsentVersion version, LogParty? from, string correlationId, ConsentScope scope, OrganisationId? holder = null, string? relates = null)
    {
        await ConsentStore.AddAsync(transaction.Session, version, CancellationToken.None);
        await transaction.RaiseAsync(version.Client, ChangeKind.Consent, CancellationToken.None);
        var entry = Make(version, from, await transaction.RevisionAsync(version.Client, CancellationToken.None), correlationId) with { Relates = relates };
        var concerned = await ClientSides.FindAsync(transaction.Session, version.Client, CancellationToken.None);
        return transaction.Append(entry, sides: scope.HoldersOf(version.Record).Where(one => one == holder || concerned.Contains(one)));
    }

    private static LogEntry Make(ConsentVersion version, LogParty? from, long revision, string correlationId)
    {
        var record = version.Record;
        var reference = new ConsentReference { Id = record.Id, Version = record.Version, Form = record.Form };
        return new LogEntry
        {
            Id = version.EntryId,
            Time = version.At,
            Kind = LogEntryKind.ConsentChange,
            CorrelationId = correlationId,
            Client = version.Client,
            From = from,
            To = new LogParty
            {
                Organisation = record.RecipientOrganisation,
                Sector = record.RecipientSector,
                Role = record.RecipientRole,
                System = record.RecipientSystem,
                Professional = record.RecipientPerson,
            },
            Purpose = record.Purpose,
            Items = [.. record.Items.Select(item => new LogItem { Item = item, Released = false, Consents = [reference] })],
            ClientRevision = revision,
            Outcome = version.What,
            Concerns = record.Id,
        };
    }
}
