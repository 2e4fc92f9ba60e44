// What the log says of decisions and of what waits for them.
using Sisote.Consent.Keeping;
using Sisote.Consent.Relationships;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Consent.Releases;

/// <summary>Writes entries: who decided what for whom and why, by codes. The client sees the disclosure and the refusals themselves; what is thought about them in between is the giver's work.</summary>
internal static class ReleaseEntries
{
    public const string Recorded = "decision-recorded";
    public const string Repeated = "decision-repeated";
    public const string Withdrawn = "decision-withdrawn";
    public const string Used = "decision-used";
    public const string Restored = "decision-restored";
    public const string Waits = "release-waits";

    /// <summary>Tells of a decision.</summary>
    public static async Task<LoggedEntry> AddAsync(LogTransaction transaction, KeptRelationship decision, string outcome, LogParty? by, string correlationId)
    {
        var relationship = decision.Relationship;
        var scope = relationship.Scope!;
        var entry = await BeginAsync(transaction, decision.Client, outcome, relationship.Id, correlationId);
        return transaction.Append(entry with
        {
            From = by ?? new LogParty { Organisation = relationship.FromOrganisation },
            To = new LogParty { Organisation = relationship.ToOrganisation, Sector = scope.Sector, Role = scope.Role, Professional = relationship.Professional },
            Purpose = scope.Purpose,
            Items = [.. scope.Items.Concat(decision.Used).Distinct().Select(static item => new LogItem { Item = item, Released = false })],
            Attestations = [new Attestation { Condition = ConditionId.Parse(relationship.Kind), Reference = decision.Reason }],
        });
    }

    /// <summary>Tells of a work item.</summary>
    public static async Task<LoggedEntry> AddAsync(LogTransaction transaction, ReleaseRow row, LogParty? by, string correlationId)
    {
        var entry = await BeginAsync(transaction, row.Client, row.State == ReleaseRow.Open ? Waits : "release-" + row.State, row.Id, correlationId);
        return transaction.Append(entry with
        {
            From = by ?? row.From.ForLog(),
            To = row.To.ForLog(row.AskedBy),
            Direction = row.Direction,
            Purpose = row.Purpose,
            Items = [.. row.Items.Select(static item => new LogItem { Item = item.Item, Released = false, Rule = item.Rule })],
            Attestations = row.Reason is { } reason ? [new Attestation { Condition = row.Items[0].Decisions[0], Reference = reason }] : [],
        });
    }

    private static async Task<LogEntry> BeginAsync(LogTransaction transaction, ClientId client, string outcome, string concerns, string correlationId) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Time = transaction.Now,
        Kind = LogEntryKind.RelationshipChange,
        CorrelationId = correlationId,
        Client = client,
        ClientRevision = await transaction.RevisionAsync(client, CancellationToken.None),
        Outcome = outcome,
        Concerns = concerns,
        Visibility = new LogVisibility { Client = false },
    };
}
