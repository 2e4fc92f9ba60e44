// Relationships that professionals record by hand or hand over: one transaction with the client's revision and the log.
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Relationships;

/// <summary>What became of a relationship recorded by hand.</summary>
internal abstract record RecordingOutcome
{
    private RecordingOutcome()
    {
    }

    /// <summary>It stands.</summary>
    public sealed record Stands(Relationship Relationship, LoggedEntry Logged) : RecordingOutcome;

    /// <summary>Somebody else says such a thing, or there is none to hand over: the same answer.</summary>
    public sealed record NotTheirs : RecordingOutcome;

    /// <summary>There is one already, or it has ended.</summary>
    public sealed record WrongState : RecordingOutcome;

    /// <summary>The identifier belongs to something else.</summary>
    public sealed record IdTaken : RecordingOutcome;
}

/// <summary>Records what the catalogue lets a professional say. INVARIANT: who may say it is data; nobody opens by an own word what another end has to say.</summary>
internal sealed class RecordingLife(LogWriter writer, ClientStore clients, ClientKeys keys, LegalCatalogue catalogue, RelationshipRoles roles)
{
    public const string Source = "professional";
    public const string Recorded = "recorded";
    public const string Handed = "handed-over";

    /// <summary>Records a relationship; the same command again changes nothing.</summary>
    public Task<RecordingOutcome> RecordAsync(RecordRelationship command, Hetu identifier, Recorder who, string correlationId) => writer.WriteAsync<RecordingOutcome>(async transaction =>
    {
        var (said, kind) = (keys.KeyOf(identifier), catalogue.Relationships[command.Kind]);
        var client = await transaction.StandsForAsync(said, CancellationToken.None);
        var others = (await RelationshipStore.OfClientAsync(transaction.Session, client, CancellationToken.None)).Select(static kept => kept.Relationship).ToArray();
        if (!kind.RecordedBy.Any(teller => MaySay(teller, who, (command.FromOrganisation, command.ToOrganisation), others, transaction.Now)) || (!kind.OwnPerson && command.Professional == who.Professional))
        {
            return new RecordingOutcome.NotTheirs();
        }

        var relationship = new Relationship
        {
            Id = command.Id,
            Kind = command.Kind,
            Status = RelationshipStatus.Active,
            FromOrganisation = command.FromOrganisation,
            ToOrganisation = command.ToOrganisation,
            Professional = command.Professional,
            From = transaction.Now,
            To = command.To is { } to ? CanonicalTime.Cut(to) : null,
        };
        if (await RelationshipStore.FindAsync(transaction.Session, command.Id, CancellationToken.None) is { } before)
        {
            return before.Client == client && before.Relationship == relationship with { From = before.Relationship.From }
                ? new RecordingOutcome.Stands(before.Relationship, await TellAsync(transaction, before, "repeated", who, correlationId))
                : new RecordingOutcome.IdTaken();
        }

        if (kind.HandedOver && others.Any(other => other.Kind == command.Kind && other.ToOrganisation == command.ToOrganisation && Holds(other, transaction.Now)))
        {
            return new RecordingOutcome.WrongState();
        }

        await transaction.EnsureAsync(clients, client, client == said ? identifier : null, CancellationToken.None);
        return await BeginAsync(transaction, new KeptRelationship(client, relationship) { Identity = client == said ? null : said, Origin = Origin(who, transaction.Now, null) }, Recorded, who, correlationId);
    });

    /// <summary>Hands a relationship over: by the professional whom it names, or by one of the organisation and of the same sector who could record it, where that person cannot any more.</summary>
    public Task<RecordingOutcome> HandOverAsync(string id, HandOverRelationship command, Recorder who, string correlationId) => writer.WriteAsync<RecordingOutcome>(async transaction =>
    {
        if (await RelationshipStore.FindAsync(transaction.Session, id, CancellationToken.None) is not { Relationship: { Scope: null } old } kept
            || RegisterId.IsOne(id) || !catalogue.Relationships.TryGetValue(old.Kind, out var kind) || !kind.HandedOver || old.ToOrganisation != who.Organisation
            || (old.Professional != who.Professional && !(kind.RecordedBy.Any(teller => teller.Through is null && teller.Roles.Contains(who.Role)) && await IsOfAsync(transaction, kept, who))))
        {
            return new RecordingOutcome.NotTheirs();
        }

        if (!Holds(old, transaction.Now) || old.Professional == command.Professional)
        {
            return new RecordingOutcome.WrongState();
        }

        if (await RelationshipStore.FindAsync(transaction.Session, command.Id, CancellationToken.None) is not null)
        {
            return new RecordingOutcome.IdTaken();
        }

        // INVARIANT: the old one holds up to and including the instant before the new one; both stand in one revision.
        var ended = kept with { Relationship = old with { Status = RelationshipStatus.Ended, To = transaction.Now.AddMilliseconds(-1) } };
        await RelationshipStore.ChangeAsync(transaction.Session, ended, CancellationToken.None);
        var next = old with { Id = command.Id, Professional = command.Professional, From = transaction.Now };
        return await BeginAsync(transaction, new KeptRelationship(kept.Client, next) { Identity = kept.Identity, Origin = Origin(who, transaction.Now, id) }, Handed, who, correlationId);
    });

    private async Task<bool> IsOfAsync(LogTransaction transaction, KeptRelationship kept, Recorder who) => roles.AreOf(
        kept,
        (await RelationshipRoles.RecordersAsync(transaction.Session, [kept], CancellationToken.None)).GetValueOrNull(kept.Relationship.Id),
        new RelationshipActor(who.Organisation, who.Professional, who.Role));

    private static async Task<RecordingOutcome> BeginAsync(LogTransaction transaction, KeptRelationship kept, string outcome, Recorder who, string correlationId)
    {
        await RelationshipStore.AddAsync(transaction.Session, kept, CancellationToken.None);
        await transaction.RaiseAsync(kept.Client, ChangeKind.Relationship, CancellationToken.None);
        return new RecordingOutcome.Stands(kept.Relationship, await TellAsync(transaction, kept, outcome, who, correlationId));
    }

    private static async Task<LoggedEntry> TellAsync(LogTransaction transaction, KeptRelationship kept, string outcome, Recorder who, string correlationId) => transaction.Append(
        new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.RelationshipChange,
            CorrelationId = correlationId,
            Client = kept.Client,
            From = who.Party,
            To = new LogParty { Organisation = kept.Relationship.ToOrganisation, Professional = kept.Relationship.Professional },
            ClientRevision = await transaction.RevisionAsync(kept.Client, CancellationToken.None),
            Outcome = outcome,
            Concerns = kept.Relationship.Id,
        },
        sides: kept.Relationship.FromOrganisation is { } from ? [from] : null);

    private static RelationshipOrigin Origin(Recorder who, DateTimeOffset at, string? follows) => new(Source, who.Organisation, who.Professional, at, follows);

    private static bool MaySay(RelationshipTeller teller, Recorder who, (OrganisationId? From, OrganisationId? To) sides, IEnumerable<Relationship> others, DateTimeOffset now) =>
        (teller.IsFrom ? sides.From : sides.To) == who.Organisation && (teller.Roles.IsEmpty || teller.Roles.Contains(who.Role))
        && (teller.Through is not { } kind || others.Any(other => other.Kind == kind && other.ToOrganisation == who.Organisation && other.Professional == who.Professional && Holds(other, now)));

    private static bool Holds(Relationship relationship, DateTimeOffset now) => relationship.Status == RelationshipStatus.Active && relationship.From <= now && !(relationship.To < now);
}
