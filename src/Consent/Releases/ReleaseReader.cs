// The lists of what waits and of what was decided.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.Consent.Relationships;
using Sisote.Consent.Storage;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Releases;

/// <summary>Shows a professional what is theirs to decide, with the client's identifier; and the operator what waits, without it.</summary>
internal sealed class ReleaseReader(Database database, ClientStore clients, ClientKeys keys, DecisionRules rules, TimeProvider clock)
{
    /// <summary>What this professional may decide or might have decided, and the clients who are named in it.</summary>
    public async Task<(WaitingReleases Waiting, IReadOnlyCollection<ClientId> Named)> OfAsync(Recorder who, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var shown = new List<WaitingRelease>();
        var named = new List<ClientId>();
        foreach (var row in (await ReleaseStore.OfAsync(session, (who.Organisation, rules.FlowsOf(who.Role)), cancellation)).Where(row => rules.MayDecide(row, who)))
        {
            var item = Show(row) with { ClientMark = keys.MarkOf(row.Client, who.Organisation) };
            if (row.IsOpenAt(clock.GetUtcNow()))
            {
                named.Add(row.Client);
                item = item with { Identifier = (await clients.FindAsync(session, row.Client, cancellation))?.Identifier?.Reveal(), Statements = await StatementsAsync(session, row, cancellation) };
            }

            shown.Add(item);
        }

        return (new WaitingReleases { Releases = [.. shown] }, named);
    }

    /// <summary>What was stated with the questions, as the log has it: of what is erased there nothing is shown.</summary>
    private static async Task<ImmutableArray<ReleaseStatement>> StatementsAsync(Session session, ReleaseRow row, CancellationToken cancellation)
    {
        var found = new List<ReleaseStatement>();
        foreach (var index in row.Items.Select(static item => item.AskedIndex).OfType<long>().Distinct().Order())
        {
            var entry = (await LogTable.FindAsync(session, index, cancellation))?.Entry();
            found.AddRange((entry?.Attestations ?? []).Select(static stated => new ReleaseStatement { Condition = stated.Condition, Text = stated.Reference, IsChecked = stated.BySystem }));
        }

        return [.. found.Distinct()];
    }

    /// <summary>What waits anywhere; whose it is, is not said.</summary>
    public async Task<WaitingReleases> AllAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return new WaitingReleases { Releases = [.. (await ReleaseStore.OfAsync(session, null, cancellation)).Select(Show)] };
    }

    /// <summary>Decisions that this professional's organisation recorded.</summary>
    public async Task<HumanDecisions> DecisionsAsync(Recorder who, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return new HumanDecisions
        {
            Decisions = [.. (await RelationshipStore.DecisionsOfAsync(session, who.Organisation, kept => rules.MayTakeBack(kept, who), cancellation))
                .Select(kept => Show(kept, keys.MarkOf(kept.Client, who.Organisation), clock.GetUtcNow()))],
        };
    }

    private WaitingRelease Show(ReleaseRow row) => new()
    {
        Id = row.Id,
        State = row.State == ReleaseRow.Open && !row.IsOpenAt(clock.GetUtcNow()) ? ReleaseRow.Lapsed : row.State,
        FromOrganisation = row.From.Organisation,
        FromSystem = row.From.System,
        ToOrganisation = row.To.Organisation,
        ToSystem = row.To.System,
        ToSector = row.To.Sector,
        ToRole = row.To.Role,
        AskedBy = row.AskedBy,
        Purpose = row.Purpose,
        Direction = row.Direction,
        Items = [.. row.Items.Select(static item => new WaitingReleaseItem { Item = item.Item, Rule = item.Rule, Decisions = item.Decisions, State = item.State })],
        AskedAt = row.AskedAt,
        LapsesAt = row.LapsesAt,
        DecidedAt = row.DecidedAt,
        DecidedBy = row.DecidedBy,
    };

    private static HumanDecision Show(KeptRelationship kept, string mark, DateTimeOffset now) => new()
    {
        Id = kept.Relationship.Id,
        Condition = ConditionId.Parse(kept.Relationship.Kind),
        State = kept.Relationship switch
        {
            { Status: not RelationshipStatus.Active } => "withdrawn",
            { Scope.Items.Length: 0 } => "used",
            { To: { } to } when to < now => "expired",
            _ => "active",
        },
        ClientMark = mark,
        Items = kept.Relationship.Scope!.Items,
        ToOrganisation = kept.Relationship.ToOrganisation!.Value,
        ToRole = kept.Relationship.Scope.Role,
        Purpose = kept.Relationship.Scope.Purpose,
        Once = kept.Relationship.Scope.Once,
        Reason = kept.Reason,
        DecidedBy = kept.Origin.Professional,
        From = kept.Relationship.From,
        Until = kept.Relationship.To,
    };
}
