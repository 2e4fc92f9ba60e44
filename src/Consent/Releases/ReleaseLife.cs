// Work items come, are decided and lapse: one transaction each with the client's revision and the log.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.Relationships;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Releases;

/// <summary>What became of a decision or a step of one.</summary>
internal abstract record ReleaseOutcome
{
    private ReleaseOutcome()
    {
    }

    /// <summary>It stands.</summary>
    public sealed record Done(ImmutableArray<string> Decisions, LoggedEntry Logged) : ReleaseOutcome;

    /// <summary>There is none, or it is not this professional's business: the same answer.</summary>
    public sealed record Absent : ReleaseOutcome;

    /// <summary>It was decided, or its time is over.</summary>
    public sealed record WrongState : ReleaseOutcome;

    /// <summary>The identifier belongs to something else.</summary>
    public sealed record IdTaken : ReleaseOutcome;

    /// <summary>The message does not fit what waits.</summary>
    public sealed record Unfit(string Field, string WhatToDo) : ReleaseOutcome;
}

/// <summary>The life of what waits.</summary>
internal sealed class ReleaseLife(LogWriter writer, ClientStore clients, DecisionRules rules, DecisionTerms terms)
{
    /// <summary>Releases all or some of the items that were shown; the others of them are declined.</summary>
    public Task<ReleaseOutcome> ReleaseAsync(string id, ReleaseItems command, Recorder who, string correlationId) => writer.WriteAsync<ReleaseOutcome>(async transaction =>
    {
        if (await FindAsync(transaction, id, who) is not { } row)
        {
            return new ReleaseOutcome.Absent();
        }

        if (!row.IsOpenAt(transaction.Now))
        {
            return new ReleaseOutcome.WrongState();
        }

        var shown = ShownOf(row, command.Shown);
        var chosen = shown.Where(item => command.Items is not { } named || named.Contains(item.Item)).ToImmutableArray();
        if ((UnfitShown(command.Shown, shown) ?? Unfit(command, shown, chosen)) is { } unfit)
        {
            return unfit;
        }

        if (terms.EndOf(command.Once, command.Until, transaction.Now) is not { } until)
        {
            return new ReleaseOutcome.Unfit("until", DecisionTerms.WhatEndIs);
        }

        var decisions = DecisionsOf(row, chosen, command, who, (transaction.Now, until));
        await transaction.EnsureAsync(clients, row.Client, null, CancellationToken.None);
        foreach (var decision in decisions)
        {
            await RelationshipStore.AddAsync(transaction.Session, decision, CancellationToken.None);
        }

        await transaction.RaiseAsync(row.Client, ChangeKind.Relationship, CancellationToken.None);
        foreach (var decision in decisions)
        {
            await ReleaseEntries.AddAsync(transaction, decision, ReleaseEntries.Recorded, who.Party, correlationId);
        }

        return new ReleaseOutcome.Done([.. decisions.Select(static decision => decision.Relationship.Id)], await EndAsync(transaction, row, End(row, ReleaseRow.Released, (shown, chosen), who, transaction.Now), who, correlationId));
    });

    /// <summary>Declines all that was shown.</summary>
    public Task<ReleaseOutcome> DeclineAsync(string id, DeclineItems command, Recorder who, string correlationId) => writer.WriteAsync<ReleaseOutcome>(async transaction =>
    {
        if (await FindAsync(transaction, id, who) is not { } row)
        {
            return new ReleaseOutcome.Absent();
        }

        if (!row.IsOpenAt(transaction.Now))
        {
            return new ReleaseOutcome.WrongState();
        }

        var shown = ShownOf(row, command.Shown);
        if (UnfitShown(command.Shown, shown) is { } unfit)
        {
            return unfit;
        }

        if (!shown.SelectMany(static item => item.Decisions).Any(condition => rules.IsReason(condition, command.Reason, releases: false)))
        {
            return new ReleaseOutcome.Unfit("reason", "A reason of the catalogue that decides against.");
        }

        var ended = End(row, ReleaseRow.Declined, (shown, []), who, transaction.Now) with { Reason = command.Reason };
        return new ReleaseOutcome.Done([], await EndAsync(transaction, row, ended, who, correlationId));
    });

    private async Task<ReleaseRow?> FindAsync(LogTransaction transaction, string id, Recorder who) =>
        await ReleaseStore.FindAsync(transaction.Session, id, CancellationToken.None) is { } row && rules.MayDecide(row, who)
            ? row with { Client = await transaction.StandsForAsync(row.Client, CancellationToken.None) }
            : null;

    private static ImmutableArray<ReleaseItem> ShownOf(ReleaseRow row, ImmutableArray<DataItemId>? shown) => [.. row.Items.Where(item => shown is not { } named || named.Contains(item.Item))];

    private static ReleaseOutcome.Unfit? UnfitShown(ImmutableArray<DataItemId>? named, ImmutableArray<ReleaseItem> shown) =>
        named is { } all && (shown.IsEmpty || all.Any(item => shown.All(one => one.Item != item))) ? new ReleaseOutcome.Unfit("shown", "Items that wait, as they were shown; or left out for all of them.") : null;

    private ReleaseOutcome.Unfit? Unfit(ReleaseItems command, ImmutableArray<ReleaseItem> shown, ImmutableArray<ReleaseItem> chosen) =>
        chosen.IsEmpty || (command.Items is { } named && named.Any(item => shown.All(one => one.Item != item)))
            ? new ReleaseOutcome.Unfit("items", "One or more of the items that wait and were shown; to release none, decline.")
        : chosen.SelectMany(static item => item.Decisions).Distinct().Any(condition => !command.Reasons.TryGetValue(condition.Value, out var reason) || !rules.IsReason(condition, reason, releases: true))
            ? new ReleaseOutcome.Unfit("reasons", "For each condition a reason of the catalogue that decides for.")
        : null;

    /// <summary>How it ends for what was shown.</summary>
    private static ReleaseRow End(ReleaseRow row, string state, (ImmutableArray<ReleaseItem> Shown, ImmutableArray<ReleaseItem> Released) items, Recorder who, DateTimeOffset now) => row with
    {
        State = state,
        DecidedAt = now,
        DecidedBy = who.Professional,
        Items = [.. items.Shown.Select(item => item with { State = items.Released.Contains(item) ? ReleaseRow.Released : ReleaseRow.Declined })],
    };

    /// <summary>Writes how it ended. INVARIANT: what joined after the professional looked was not decided: it stays open, as a work item of its own.</summary>
    private static async Task<LoggedEntry> EndAsync(LogTransaction transaction, ReleaseRow row, ReleaseRow ended, Recorder who, string correlationId)
    {
        var unseen = row.Items.Where(item => ended.Items.All(one => one.Item != item.Item)).ToImmutableArray();
        if (!unseen.IsEmpty)
        {
            var left = row with { Id = Guid.CreateVersion7().ToString("N"), Items = unseen };
            await ReleaseStore.SplitAsync(transaction.Session, row.Id, left, CancellationToken.None);
            await ReleaseEntries.AddAsync(transaction, left, null, correlationId);
        }

        await ReleaseStore.EndAsync(transaction.Session, ended, CancellationToken.None);
        return await ReleaseEntries.AddAsync(transaction, ended, who.Party, correlationId);
    }

    private static ImmutableArray<KeptRelationship> DecisionsOf(ReleaseRow row, ImmutableArray<ReleaseItem> chosen, ReleaseItems command, Recorder who, (DateTimeOffset From, DateTimeOffset To) time) =>
    [
        .. chosen.SelectMany(static item => item.Decisions).Distinct().Select(condition => new KeptRelationship(row.Client, new Relationship
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Kind = condition.Value,
            Status = RelationshipStatus.Active,
            FromOrganisation = row.From.Organisation,
            ToOrganisation = row.To.Organisation,
            From = time.From,
            To = time.To,
            Scope = new DecisionScope
            {
                Items = [.. chosen.Where(item => item.Decisions.Contains(condition)).Select(static item => item.Item)],
                Sector = row.To.Sector,
                Role = row.To.Role,
                Purpose = row.Purpose,
                Once = command.Once,
            },
        })
        {
            Identity = row.Identity,
            Origin = new RelationshipOrigin("professional", who.Organisation, who.Professional, time.From),
            Reason = command.Reasons[condition.Value],
        }),
    ];
}
