// Whoever looks into the log leaves a trace there.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review;

/// <summary>Records that somebody looked: durable before anything is shown.</summary>
internal sealed class LogReads(LogWriter writer)
{
    /// <summary>Records a look.</summary>
    /// <param name="who">A signed-in officer, or the operator's command line.</param>
    /// <param name="what">The filter's codes, or the entry looked at.</param>
    /// <param name="client">Whose entry was opened.</param>
    /// <param name="correlationId">The call.</param>
    public Task<LoggedEntry> RecordAsync(Caller who, string what, ClientId? client, string correlationId) =>
        writer.WriteAsync(transaction => Task.FromResult(transaction.Append(new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.LogRead,
            CorrelationId = correlationId,
            Client = client,
            To = PartyOf(who),
            Outcome = "read",
            Concerns = what.Length > 0 ? what : "all",
            Visibility = new LogVisibility { Client = false },
        })));

    /// <summary>Who is on record as the one who looked or acted.</summary>
    public static LogParty PartyOf(Caller who) => who switch
    {
        Caller.Person person => new LogParty { Organisation = person.Organisation, Professional = person.Professional ?? NameOf(person) },
        Caller.System system => new LogParty { System = system.Id },
        _ => throw new InvalidOperationException("Neither a person nor a system."),
    };

    private static ProfessionalId? NameOf(Caller.Person person) => ProfessionalId.TryParse(person.Subject, out var id) ? id : null;
}
