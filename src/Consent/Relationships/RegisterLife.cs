// A source's register is taken over: what changed, each client in one transaction with revision and log.
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Relationships;

/// <summary>A register's telling with the organisation that owns the source, in one call.</summary>
internal sealed record RegisterTelling(RecordRelationships Message, OrganisationId Organisation, string CorrelationId);

/// <summary>What it tells of one client; no identifier where it tells nothing any more.</summary>
internal sealed record ToldClient(ClientId Client, Hetu? Identifier, IReadOnlyList<RegisteredRelationship> Rows, string? SchoolForm);

/// <summary>Takes over registers. Clients for whom nothing changed never reach the log's writer; the others come in small transactions, so that disclosures need not wait long.</summary>
internal sealed class RegisterLife(Database database, ClientKeys keys, ClientStore clients, FactsLife facts, LogWriter writer, TimeProvider clock)
{
    private const int ClientsInOneTransaction = 50;

    /// <summary>Takes over a register; durable when it answers.</summary>
    public async Task<RelationshipsRecorded> TakeOverAsync(RegisterTelling telling, CancellationToken cancellation)
    {
        var sum = new RelationshipsRecorded { Begun = 0, Changed = 0, Ended = 0, SchoolForms = 0 };
        foreach (var part in (await ChangedClientsAsync(telling, cancellation)).Chunk(ClientsInOneTransaction))
        {
            var done = await writer.WriteAsync(new LogWork<RelationshipsRecorded>(transaction => ApplyAsync(transaction, telling, part)) { Clients = [.. part.Select(static one => one.Client)] });
            sum = new RelationshipsRecorded { Begun = sum.Begun + done.Begun, Changed = sum.Changed + done.Changed, Ended = sum.Ended + done.Ended, SchoolForms = sum.SchoolForms + done.SchoolForms };
        }

        return sum;
    }

    private async Task<List<ToldClient>> ChangedClientsAsync(RegisterTelling telling, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var session = await database.ReadAsync(cancellation);
        var kept = (await RelationshipStore.OfSourceAsync(session, telling.Message.Source, telling.Organisation, cancellation)).ToLookup(static one => one.Client, static one => one.Relationship);
        var told = Group(telling.Message, await Identities.MergedAsync(session, cancellation));
        var gone = kept.Select(static group => group.Key).Where(client => !told.ContainsKey(client)).Select(static client => new ToldClient(client, null, [], null));
        var changed = new List<ToldClient>();
        foreach (var one in told.Values.Concat(gone))
        {
            if (RegisterPlan.Make(kept[one.Client], one.Rows, telling.Message, now).Count > 0
                || (one.SchoolForm is { } form && (await clients.FindAsync(session, one.Client, cancellation))?.Facts?.SchoolForm != form))
            {
                changed.Add(one);
            }
        }

        return changed;
    }

    /// <summary>A register may know one person under two identifiers: what it tells of both is of one client.</summary>
    private Dictionary<ClientId, ToldClient> Group(RecordRelationships message, Dictionary<ClientId, ClientId> merged)
    {
        var forms = message.SchoolForms.ToDictionary(static one => Hetu.Parse(one.Identifier), static one => one.SchoolForm);
        var rows = message.Rows.ToLookup(static row => Hetu.Parse(row.Identifier));
        return forms.Keys.Union(rows.Select(static group => group.Key))
            .GroupBy(identifier => keys.KeyOf(identifier) is var key && merged.TryGetValue(key, out var into) ? into : key)
            .Select(same => new ToldClient(same.Key, same.First(), [.. same.SelectMany(identifier => rows[identifier])], same.Select(forms.GetValueOrDefault).FirstOrDefault(static form => form is not null)))
            .ToDictionary(static one => one.Client);
    }

    private async Task<RelationshipsRecorded> ApplyAsync(LogTransaction transaction, RegisterTelling telling, ToldClient[] part)
    {
        var outcomes = new List<string>();
        var forms = 0;
        foreach (var one in part)
        {
            if (await transaction.StandsForAsync(one.Client, CancellationToken.None) != one.Client)
            {
                continue; // merged since it was read: the next telling finds both together
            }

            var own = one.Identifier is { } named && keys.KeyOf(named) == one.Client ? one.Identifier : null;
            await clients.EnsureAsync(transaction.Session, one.Client, own, CancellationToken.None);
            var prefix = RegisterId.Prefix(telling.Message.Source);
            var kept = (await RelationshipStore.OfClientAsync(transaction.Session, one.Client, CancellationToken.None))
                .Select(static kept => kept.Relationship).Where(relationship => relationship.Id.StartsWith(prefix, StringComparison.Ordinal));
            foreach (var change in RegisterPlan.Make(kept, one.Rows, telling.Message, transaction.Now))
            {
                await ApplyAsync(transaction, telling, one.Client, change);
                outcomes.Add(change.Outcome);
            }

            forms += one is { SchoolForm: { } form, Identifier: { } identifier } && await TellFormAsync(transaction, telling, identifier, form) ? 1 : 0;
        }

        return new RelationshipsRecorded
        {
            Begun = outcomes.Count(static outcome => outcome == RegisterPlan.Begun),
            Changed = outcomes.Count(static outcome => outcome == RegisterPlan.Changed),
            Ended = outcomes.Count(static outcome => outcome == RegisterPlan.Ended),
            SchoolForms = forms,
        };
    }

    private static async Task ApplyAsync(LogTransaction transaction, RegisterTelling telling, ClientId client, RegisterChange change)
    {
        var kept = new KeptRelationship(client, change.After) { Origin = new RelationshipOrigin("register", telling.Organisation, null, transaction.Now) };
        await (change.IsNewRow ? RelationshipStore.AddAsync(transaction.Session, kept, CancellationToken.None) : RelationshipStore.ChangeAsync(transaction.Session, kept, CancellationToken.None));
        await transaction.RaiseAsync(client, ChangeKind.Relationship, CancellationToken.None);
        transaction.Append(new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.RelationshipChange,
            CorrelationId = telling.CorrelationId,
            Client = client,
            From = new LogParty { Organisation = change.After.FromOrganisation, System = telling.Message.Source },
            To = new LogParty { Organisation = change.After.ToOrganisation, Professional = change.After.Professional },
            ClientRevision = await transaction.RevisionAsync(client, CancellationToken.None),
            Outcome = change.Outcome,
            Concerns = change.After.Id,
        });
    }

    private async Task<bool> TellFormAsync(LogTransaction transaction, RegisterTelling telling, Hetu identifier, string form)
    {
        var teller = new FactsTeller(new LogParty { Organisation = telling.Organisation, System = telling.Message.Source }, telling.CorrelationId);
        return (await facts.ChangeAsync(transaction, identifier, kept => kept with { SchoolForm = form }, teller)).Changed;
    }
}
