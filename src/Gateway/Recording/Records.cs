// Makes the log's records of what the gateway decided.
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Enforcement;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;
using Sisote.Policy.States;

namespace Sisote.Gateway.Recording;

/// <summary>Makes log records and what they expect of the state. They name items, rules and handles, never a value.</summary>
internal sealed class Records(TimeProvider clock)
{
    internal const string Released = "released";
    internal const string NothingFound = "nothing-found";
    internal const string Denied = "denied";
    internal const string Withheld = "withheld";
    internal const string Sending = "sending";
    internal const string Delivered = "delivered";
    internal const string Rejected = "refused";
    internal const string Unknown = "unknown";

    /// <summary>A record about a client and what was decided; the caller of this sets kind, outcome, released items and resources.</summary>
    internal LogEntry About(Call call, AccessRequest request, ConsentState state, Decision decision) => Begin(call, request.Direction) with
    {
        Client = state.Client,
        Items = [.. decision.Items.Select(static item => ForItem(item, released: false))],
        Obligations = decision.Obligations,
        Catalogue = decision.Catalogue,
        ClientRevision = state.Revision,
        AgreementsRevision = state.AgreementsRevision,
    };

    /// <summary>The record that an entry is about to be sent.</summary>
    internal LogEntry Intent(Call call, Judged judged)
    {
        var entry = About(call, judged.Request, judged.Known.State, judged.Decision) with { Kind = LogEntryKind.WriteIntent, Outcome = Sending };
        return WithReleased(entry, judged.Permitted);
    }

    /// <summary>The record of what became of an entry.</summary>
    internal LogEntry Outcome(LogEntry intent, string outcome, IEnumerable<LogResource> resources) => intent with
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
        Time = clock.GetUtcNow(),
        Kind = LogEntryKind.WriteOutcome,
        Relates = intent.Id,
        Outcome = outcome,
        Resources = [.. resources],
        Items = [.. intent.Items.Select(item => item with { Released = item.Released && outcome != Rejected })],
    };

    /// <summary>A refusal that concerns no client that is known.</summary>
    internal LogEntry Refusal(Call call, Direction direction, string outcome) => Begin(call, direction) with { Outcome = outcome };

    /// <summary>A refusal of a system that is not registered for what it tried.</summary>
    internal LogEntry Stranger(string correlationId, SystemId? caller, SystemId other, string outcome) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
        Time = clock.GetUtcNow(),
        Kind = LogEntryKind.Refusal,
        CorrelationId = correlationId,
        From = new LogParty { System = other },
        To = new LogParty { System = caller },
        Outcome = outcome,
    };

    /// <summary>What must still be true when a record that releases something is written.</summary>
    internal static AppendExpectation Expect(ConsentState state, Decision decision) => new()
    {
        ClientRevision = state.Revision,
        AgreementsRevision = state.AgreementsRevision,
        Catalogue = decision.Catalogue,
        HoldsUntil = decision.HoldsUntil,
    };

    /// <summary>The record with these items marked as released.</summary>
    internal static LogEntry WithReleased(LogEntry entry, IReadOnlySet<DataItemId> items) => entry with
    {
        Items = [.. entry.Items.Select(item => item with { Released = items.Contains(item.Item) })],
    };

    private LogEntry Begin(Call call, Direction direction)
    {
        var (from, to) = call.Asker.Ends(direction);
        return new LogEntry
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            Time = clock.GetUtcNow(),
            Kind = LogEntryKind.Refusal,
            CorrelationId = call.CorrelationId,
            From = Asker.ForLog(from),
            To = Asker.ForLog(to),
            Direction = direction,
            Purpose = call.Asker.Purpose,
            Channel = Channel.StandingApi,
            Attestations = call.Asker.Attestations,
            Outcome = Denied,
        };
    }

    private static LogItem ForItem(ItemDecision decision, bool released) => decision switch
    {
        ItemDecision.Permit permit => new LogItem
        {
            Item = permit.Item,
            Released = released,
            Rule = permit.Rule,
            Basis = permit.Basis,
            Consents = permit.Consents,
            Conditions = permit.Conditions,
            Masked = permit.Masked,
        },
        ItemDecision.Deny deny => new LogItem
        {
            Item = deny.Item,
            Released = false,
            Rule = deny.Rule,
            Reason = deny.Reason,
            Prohibition = deny.Prohibition,
            MissingCondition = deny.Condition,
        },
        _ => throw new InvalidOperationException("A decision is a permit or a denial."),
    };
}

/// <summary>One call as its records name it.</summary>
/// <param name="CorrelationId">The id on the answer.</param>
/// <param name="Asker">Who asks whom, for what.</param>
internal sealed record Call(string CorrelationId, Asker Asker);
