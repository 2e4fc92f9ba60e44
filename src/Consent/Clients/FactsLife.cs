// Facts of a client change: one transaction with the client's revision and the log.
using Sisote.Doors.Consent;
using System.Text.Json;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Json;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Clients;

/// <summary>Who tells facts, in which call.</summary>
internal sealed record FactsTeller(LogParty From, string CorrelationId);

/// <summary>Changes the facts of a client; what is on record already changes nothing.</summary>
internal sealed class FactsLife(ClientKeys keys, ClientStore clients)
{
    /// <summary>Changes the facts; the revision after it, and whether there was anything to change.</summary>
    public async Task<(long Revision, bool Changed)> ChangeAsync(LogTransaction transaction, Hetu identifier, Func<ClientFacts, ClientFacts> change, FactsTeller teller)
    {
        var told = keys.KeyOf(identifier);
        var client = await transaction.StandsForAsync(told, CancellationToken.None);
        var kept = await clients.FindAsync(transaction.Session, client, CancellationToken.None);
        var facts = change(kept?.Facts ?? new ClientFacts());
        facts = facts with { BirthDate = facts.BirthDate ?? (client == told ? identifier : kept?.Identifier)?.BirthDate };
        if (kept?.Facts is { } before && Text(before) == Text(facts))
        {
            return (kept.Revision, false);
        }

        await clients.EnsureAsync(transaction.Session, client, client == told ? identifier : null, CancellationToken.None);
        await clients.WriteFactsAsync(transaction.Session, client, facts, CancellationToken.None);
        await transaction.RaiseAsync(client, ChangeKind.Facts, CancellationToken.None);
        var revision = await transaction.RevisionAsync(client, CancellationToken.None);
        transaction.Append(new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.ConsentChange,
            CorrelationId = teller.CorrelationId,
            Client = client,
            From = teller.From,
            ClientRevision = revision,
            Outcome = "facts-recorded",
            Visibility = new LogVisibility { Client = false },
        }, sides: await ClientSides.FindAsync(transaction.Session, client, CancellationToken.None)); // which facts is not said: that a protection was set or lifted would stand there in clear
        return (revision, true);
    }

    private static string Text(ClientFacts facts) => JsonSerializer.Serialize(facts, SisoteJson.Options);
}
