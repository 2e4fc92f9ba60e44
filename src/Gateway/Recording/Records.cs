// Makes the log's records of what the gateway decided.
using System.Collections.Frozen;
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Gateway.Callers;
using Sisote.Gateway.Clients;
using Sisote.Gateway.Enforcement;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Replaying;
using Sisote.Policy.Requests;

namespace Sisote.Gateway.Recording;

/// <summary>Makes log records and what they expect of the state. They name items, rules and handles, never a value.</summary>
internal sealed class Records(Deployment deployment, LegalCatalogue catalogue, TimeProvider clock)
{
    private readonly FrozenSet<ConditionId> decisions = catalogue.Conditions.Values.Where(static condition => condition.IsDecided).Select(static condition => condition.Id).ToFrozenSet();
    private readonly DeploymentVersion narrowing = DeploymentNarrowing.Of(deployment).Version();

    internal const string Released = "released";
    internal const string NothingFound = "nothing-found";
    internal const string Denied = "denied";
    internal const string Withheld = "withheld";
    internal const string Sending = "sending";
    internal const string Delivered = "delivered";
    internal const string Rejected = "refused";
    internal const string Unknown = "unknown";
    internal const string Waiting = "waiting";
    internal const string Cancelled = "cancelled";
    internal const string Expired = "expired";

    /// <summary>
    /// A record about a client and what was decided, with what the decision used; the caller of this sets kind, outcome and resources. Where a professional of the giver may have to decide, the
    /// giver must know whose data it is.
    /// </summary>
    internal AppendItem About(Call call, KnownClient known, Decided decided, IReadOnlySet<DataItemId>? released = null)
    {
        var inputs = known.Seal.Of(decided);
        return new AppendItem
        {
            Entry = DecisionRecord.Write(Begin(call, decided.Request.Direction), decided, narrowing, inputs.Commitment, released ?? ImmutableHashSet<DataItemId>.Empty),
            Inputs = inputs.Bytes,
            ClientIdentifier = decided.Decision.Denials.Any(deny => deny.Condition is { } missing && decisions.Contains(missing)) ? known.Identifier : null,
        };
    }

    /// <summary>The record that an entry is about to be sent.</summary>
    internal AppendItem Intent(Call call, Judged judged)
    {
        var item = About(call, judged.Known, judged.Decided, judged.Permitted);
        return item with { Entry = item.Entry with { Kind = LogEntryKind.WriteIntent, Outcome = Sending }, Expect = Expect(judged.Decided), ClientIdentifier = judged.Known.Identifier };
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
        Items = [.. intent.Items.Select(item => item with { Released = item.Released && (outcome is Delivered or Unknown) })],
        Inputs = null, // it decides nothing: the intent holds what was decided, and on what
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
    internal static AppendExpectation Expect(Decided decided) => new()
    {
        ClientRevision = decided.State.Revision,
        AgreementsRevision = decided.State.AgreementsRevision,
        Catalogue = decided.Decision.Catalogue,
        HoldsUntil = decided.HoldsUntil,
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
}

/// <summary>One call as its records name it.</summary>
/// <param name="CorrelationId">The id on the answer.</param>
/// <param name="Asker">Who asks whom, for what.</param>
internal sealed record Call(string CorrelationId, Asker Asker)
{
    /// <summary>When it came, in the machine's milliseconds.</summary>
    internal long Arrived { get; } = Environment.TickCount64;
}
