// Relationships change: one transaction with the client's revision and the log.
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.States;

namespace Sisote.Consent.Relationships;

/// <summary>What became of a step.</summary>
internal abstract record RelationshipOutcome
{
    private RelationshipOutcome()
    {
    }

    /// <summary>The step was taken.</summary>
    public sealed record Changed(Relationship Relationship, LoggedEntry Logged) : RelationshipOutcome;

    /// <summary>There is none, or it is not this professional's business: the same answer.</summary>
    public sealed record Absent : RelationshipOutcome;

    /// <summary>It stands elsewhere in its life.</summary>
    public sealed record WrongState : RelationshipOutcome;
}

/// <summary>Takes steps on behalf of professionals: at the person's own request, or with an entry of the gateway that told the source first. One mechanism, whichever way it comes.</summary>
internal sealed class RelationshipLife(LogWriter writer, RelationshipRoles roles)
{
    /// <summary>Takes a step at the person's own request; durable when it answers.</summary>
    public Task<RelationshipOutcome> TakeAsync(string id, RelationshipStep step, RelationshipActor who, string correlationId) => writer.WriteAsync(async transaction =>
        await RelationshipStore.FindAsync(transaction.Session, id, CancellationToken.None) is { } kept
        && roles.AreOf(kept, (await RelationshipRoles.RecordersAsync(transaction.Session, [kept], CancellationToken.None)).GetValueOrNull(id), who)
            ? await TakeAsync(transaction, id, step, who, correlationId)
            : new RelationshipOutcome.Absent());

    /// <summary>Takes a step in a transaction of somebody else, who has seen to it that the role may.</summary>
    public static async Task<RelationshipOutcome> TakeAsync(LogTransaction transaction, string id, RelationshipStep step, RelationshipActor who, string correlationId)
    {
        // What a register proves, only that register ends; a decision of a giver has doors of its own.
        if (RegisterId.IsOne(id) || await RelationshipStore.FindAsync(transaction.Session, id, CancellationToken.None) is not { Relationship.Scope: null } kept || !step.MayTake(kept.Relationship, who))
        {
            return new RelationshipOutcome.Absent();
        }

        if (!step.IsPossible(kept.Relationship, transaction.Now))
        {
            return new RelationshipOutcome.WrongState();
        }

        var changed = kept with { Relationship = step.Take(kept.Relationship, who, transaction.Now) };
        await RelationshipStore.ChangeAsync(transaction.Session, changed, CancellationToken.None);
        await transaction.RaiseAsync(kept.Client, ChangeKind.Relationship, CancellationToken.None);
        var logged = transaction.Append(new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.RelationshipChange,
            CorrelationId = correlationId,
            Client = kept.Client,
            From = new LogParty { Organisation = kept.Relationship.FromOrganisation },
            To = new LogParty { Organisation = kept.Relationship.ToOrganisation, Professional = changed.Relationship.Professional },
            ClientRevision = await transaction.RevisionAsync(kept.Client, CancellationToken.None),
            Outcome = step.Outcome,
            Concerns = id,
        });
        return new RelationshipOutcome.Changed(changed.Relationship, logged);
    }
}
