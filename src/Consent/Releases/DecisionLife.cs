// Decisions are recorded, withdrawn and used: one transaction each with the client's revision and the log.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.Relationships;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Releases;

/// <summary>The life of decisions that professionals of the giver record.</summary>
internal sealed class DecisionLife(LogWriter writer, ClientStore clients, ClientKeys keys, DecisionRules rules, DecisionTerms terms)
{
    /// <summary>Records a decision; the same command again changes nothing.</summary>
    public Task<ReleaseOutcome> RecordAsync(RecordDecision command, Hetu identifier, Recorder who, string correlationId) => writer.WriteAsync<ReleaseOutcome>(async transaction =>
    {
        if (terms.EndOf(command.Once, command.Until, transaction.Now) is not { } until)
        {
            return new ReleaseOutcome.Unfit("until", DecisionTerms.WhatEndIs);
        }

        var said = keys.KeyOf(identifier);
        var standing = await transaction.StandsForAsync(said, CancellationToken.None);
        var decision = Make(command, standing, who, (transaction.Now, until)) with { Identity = standing == said ? null : said };
        if (await RelationshipStore.FindAsync(transaction.Session, command.Id, CancellationToken.None) is { } before)
        {
            return await RepeatAsync(transaction, before, decision, correlationId);
        }

        await transaction.EnsureAsync(clients, decision.Client, decision.Client == said ? identifier : null, CancellationToken.None);
        await RelationshipStore.AddAsync(transaction.Session, decision, CancellationToken.None);
        await transaction.RaiseAsync(decision.Client, ChangeKind.Relationship, CancellationToken.None);
        return new ReleaseOutcome.Done([command.Id], await ReleaseEntries.AddAsync(transaction, decision, ReleaseEntries.Recorded, who.Party, correlationId));
    });

    /// <summary>Withdraws a decision of the own organisation; from the answer on no disclosure rests on it.</summary>
    public Task<ReleaseOutcome> WithdrawAsync(string id, Recorder who, string correlationId) => writer.WriteAsync<ReleaseOutcome>(async transaction =>
    {
        if (await RelationshipStore.FindAsync(transaction.Session, id, CancellationToken.None) is not { Relationship: { Scope: not null } relationship } kept
            || relationship.FromOrganisation != who.Organisation || !rules.MayTakeBack(kept, who))
        {
            return new ReleaseOutcome.Absent();
        }

        if (relationship.Status != RelationshipStatus.Active || relationship.To < transaction.Now)
        {
            return new ReleaseOutcome.WrongState();
        }

        var ended = kept with { Relationship = relationship with { Status = RelationshipStatus.Ended, To = transaction.Now } };
        await RelationshipStore.ChangeAsync(transaction.Session, ended, CancellationToken.None);
        await transaction.RaiseAsync(kept.Client, ChangeKind.Relationship, CancellationToken.None);
        return new ReleaseOutcome.Done([id], await ReleaseEntries.AddAsync(transaction, ended, ReleaseEntries.Withdrawn, who.Party, correlationId));
    });

    /// <summary>The same command again changes nothing; its end, where it was reckoned from then, is not compared.</summary>
    private static async Task<ReleaseOutcome> RepeatAsync(LogTransaction transaction, KeptRelationship before, KeptRelationship decision, string correlationId)
    {
        var (one, other) = (before.Relationship, decision.Relationship);
        var isSame = before.Client == decision.Client && before.Origin.Organisation == decision.Origin.Organisation && before.Reason == decision.Reason && one.Kind == other.Kind
            && one.ToOrganisation == other.ToOrganisation && one.Professional == other.Professional && one.Scope is { } scope
            && (scope with { Items = [.. scope.Items, .. before.Used] }).Equals(other.Scope) && one.Status == RelationshipStatus.Active;
        return isSame ? new ReleaseOutcome.Done([one.Id], await ReleaseEntries.AddAsync(transaction, before, ReleaseEntries.Repeated, null, correlationId)) : new ReleaseOutcome.IdTaken();
    }

    private static KeptRelationship Make(RecordDecision command, ClientId client, Recorder who, (DateTimeOffset From, DateTimeOffset To) time) => new(client, new Relationship
    {
        Id = command.Id,
        Kind = command.Condition.Value,
        Status = RelationshipStatus.Active,
        FromOrganisation = who.Organisation,
        ToOrganisation = command.ToOrganisation,
        Professional = command.ToProfessional,
        From = time.From,
        To = time.To,
        Scope = new DecisionScope { Items = [.. command.Items.Distinct()], Sector = command.ToSector, Role = command.ToRole, Purpose = command.Purpose, Once = command.Once },
    })
    {
        Origin = new RelationshipOrigin("professional", who.Organisation, who.Professional, time.From),
        Reason = command.Reason,
    };
}

/// <summary>
/// An item under a decision for one use is used by the entry that rests on it, in the same transaction: it cannot go twice. Where what was sent did not arrive for certain, the item stands again.
/// INVARIANT: an entry gives back only what it used itself; what another used meanwhile stays used.
/// </summary>
internal sealed class DecisionUse(DecisionRules rules)
{
    private static readonly string[] NotArrived = ["refused", "waiting", "cancelled", "expired"];

    /// <summary>Marks what an appended entry used, or gives it back.</summary>
    public async Task FollowAsync(LogTransaction transaction, LogEntry entry)
    {
        if (entry is { Client: { } client, Kind: LogEntryKind.Disclosure or LogEntryKind.WriteIntent })
        {
            await ForEachAsync(transaction, client, entry, (kept, items) => [.. kept.Uses, .. items.Except(kept.Used).Select(item => new UsedItem(item, entry.Id))], ReleaseEntries.Used);
        }
        else if (entry is { Client: { } whose, Kind: LogEntryKind.WriteOutcome, Relates: { } intent } && NotArrived.Contains(entry.Outcome)
            && await transaction.FindAsync(intent, CancellationToken.None) is { } sent && sent.Entry() is { } before && before.Client == whose)
        {
            await ForEachAsync(transaction, whose, before, (kept, _) => [.. kept.Uses.Where(use => use.Entry != intent)], ReleaseEntries.Restored);
        }
    }

    private async Task ForEachAsync(LogTransaction transaction, ClientId client, LogEntry entry, Func<KeptRelationship, ImmutableArray<DataItemId>, ImmutableArray<UsedItem>> change, string outcome)
    {
        foreach (var (id, items) in RestedOn(entry))
        {
            var whose = await transaction.StandsForAsync(client, CancellationToken.None);
            if (await RelationshipStore.FindAsync(transaction.Session, id, CancellationToken.None) is { Relationship.Scope: { Once: true } scope } kept && kept.Client == whose
                && change(kept, [.. items.Where(item => scope.Items.Contains(item))]) is var uses && uses.Length != kept.Uses.Length)
            {
                var all = scope.Items.Concat(kept.Used).ToImmutableArray();
                var changed = kept with { Uses = uses, Relationship = kept.Relationship with { Scope = scope with { Items = [.. all.Except(uses.Select(static use => use.Item))] } } };
                await RelationshipStore.ChangeAsync(transaction.Session, changed, CancellationToken.None);
                await transaction.RaiseAsync(whose, ChangeKind.Relationship, CancellationToken.None);
                await ReleaseEntries.AddAsync(transaction, changed, outcome, null, entry.CorrelationId);
            }
        }
    }

    /// <summary>Decisions that released items rested on; a statement in a call may carry any words, and is no decision.</summary>
    private IEnumerable<(string Id, ImmutableArray<DataItemId> Items)> RestedOn(LogEntry entry) =>
        entry.Items.Where(static item => item.Released)
            .SelectMany(item => item.Conditions.Where(evidence => evidence is { Source: "human", Reference: not null } && rules.Conditions.Contains(evidence.Condition)).Select(evidence => (Id: evidence.Reference!, item.Item)))
            .GroupBy(static pair => pair.Id, static pair => pair.Item).Select(static group => (group.Key, group.Distinct().ToImmutableArray()));
}
