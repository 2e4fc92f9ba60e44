// Whoever looks into the log leaves a trace there.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Tokens;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review;

/// <summary>Records that somebody looked: durable before anything is shown. What the operator looks at stands in the view of those whose entries it may show.</summary>
internal sealed class LogReads(LogWriter writer, Deployment deployment, TimeProvider clock)
{
    /// <summary>Records a look.</summary>
    /// <param name="who">A signed-in person, or the operator's command line. A professional who comes through a connected system is named as a party: <see cref="RecordEachAsync(LogParty, string, IEnumerable{ClientId}, string)"/>.</param>
    /// <param name="what">The filter's codes, or the entry looked at.</param>
    /// <param name="client">Whose entries are looked for or opened; null = no client's in particular.</param>
    /// <param name="correlationId">The call.</param>
    /// <param name="about">The organisation whose entries the operator asks for; null = all.</param>
    public Task RecordAsync(Caller who, string what, ClientId? client, string correlationId, OrganisationId? about = null)
    {
        EnsureNamed(who);
        if (client is { } one)
        {
            return RecordEachAsync(who, what, [one], correlationId);
        }

        IEnumerable<OrganisationId> sides = who is Caller.Person ? [] : about is { } asked ? [asked] : deployment.Organisations.Select(static organisation => organisation.Id);
        var look = new Look(PartyOf(who), what, null, correlationId, clock.GetUtcNow());
        return writer.WriteAsync(transaction => Task.FromResult(look.Append(transaction, sides)));
    }

    /// <summary>Records a look at several clients' entries, one entry for each of them.</summary>
    public Task RecordEachAsync(Caller who, string what, IEnumerable<ClientId> clients, string correlationId)
    {
        EnsureNamed(who);
        var looks = clients.Distinct().Select(client => new Look(PartyOf(who), what, client, correlationId, clock.GetUtcNow())).ToList();
        return looks.Count == 0 ? RecordAsync(who, what, null, correlationId) : writer.WriteAsync(new LogWork<bool>(async transaction =>
        {
            foreach (var look in looks)
            {
                look.Append(transaction, who is Caller.Person ? [] : await ClientSides.FindAsync(transaction.Session, look.Client!.Value, CancellationToken.None));
            }

            return true;
        }));
    }

    /// <summary>Records that somebody of an organisation was shown something of several clients, one entry for each of them; none where nobody's was shown.</summary>
    public Task RecordEachAsync(LogParty who, string what, IEnumerable<ClientId> clients, string correlationId)
    {
        var looks = clients.Distinct().Select(client => new Look(who, what, client, correlationId, clock.GetUtcNow())).ToList();
        return looks.Count == 0 ? Task.CompletedTask : writer.WriteAsync(transaction =>
        {
            looks.ForEach(look => look.Append(transaction, []));
            return Task.FromResult(true);
        });
    }

    /// <summary>Records that somebody of an organisation looked where nobody's data were to be shown.</summary>
    public Task RecordNobodyAsync(LogParty who, string what, string correlationId)
    {
        var look = new Look(who, what, null, correlationId, clock.GetUtcNow());
        return writer.WriteAsync(transaction => Task.FromResult(look.Append(transaction, [])));
    }

    /// <summary>INVARIANT: a look has a person's name, or is the operator's. A connected system alone would leave out who looked, and whose officer may know.</summary>
    private static void EnsureNamed(Caller who)
    {
        if (who is Caller.System system && system.Id != InnerSystems.Operator)
        {
            throw new InvalidOperationException("A connected system's look is recorded by the professional behind it.");
        }
    }

    /// <summary>Who is on record as the one who looked or acted.</summary>
    public static LogParty PartyOf(Caller who) => who switch
    {
        Caller.Person person => new LogParty { Organisation = person.Organisation, Professional = person.Professional ?? NameOf(person) },
        Caller.System system => new LogParty { System = system.Id },
        _ => throw new InvalidOperationException("Neither a person nor a system."),
    };

    private static ProfessionalId? NameOf(Caller.Person person) => ProfessionalId.TryParse(person.Subject, out var id) ? id : null;

    /// <summary>An entry that is made and sealed before it stands in line, so that what has no canonical form stops nobody else.</summary>
    private sealed class Look
    {
        private readonly LogEntry entry;
        private readonly SealedRecord sealedRecord;

        public Look(LogParty who, string what, ClientId? client, string correlationId, DateTimeOffset now)
        {
            entry = new LogEntry
            {
                Id = Guid.CreateVersion7().ToString("N"),
                Time = CanonicalTime.Cut(now),
                Kind = LogEntryKind.LogRead,
                CorrelationId = correlationId,
                Client = client,
                To = who,
                Outcome = "read",
                Concerns = what.Length > 0 ? what : "all",
                Visibility = new LogVisibility { Client = false },
            };
            sealedRecord = SealedRecord.Of(entry);
        }

        public ClientId? Client => entry.Client;

        public LoggedEntry Append(LogTransaction transaction, IEnumerable<OrganisationId> sides) => transaction.Append(entry, sealedRecord, sides);
    }
}
