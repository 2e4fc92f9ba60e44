// Finds in the log what was asked for in vain only because nobody decided yet.
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.States;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Deployments;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Consent.Releases;

/// <summary>
/// Follows the log and makes work items of refusals that wait for a decision. INVARIANT: nothing of it happens while somebody is being answered: a request that makes a work item takes the same
/// calls, the same writes and the same time as one that makes none. What it has seen stands in the database, so nothing is lost and nothing comes twice, on however many replicas.
/// </summary>
internal sealed class ReleaseFollower : BackgroundService
{
    private const int Most = 200;

    private readonly Database database;
    private readonly StateReader states;
    private readonly LogWriter writer;
    private readonly ReleaseRaising raising;
    private readonly DecisionRules rules;
    private readonly Lazy<PolicyDecisionPoint> point;
    private readonly TimeProvider clock;
    private readonly ConsentOptions options;
    private readonly ILogger<ReleaseFollower> log;
    private long? seen;

    public ReleaseFollower(ReleaseFollowing tools, DecisionRules rules, LegalCatalogue catalogue, Deployment deployment, ILogger<ReleaseFollower> log)
    {
        (database, states, writer, raising, clock, options) = (tools.Database, tools.States, tools.Writer, tools.Raising, tools.Clock, tools.Options);
        (this.rules, this.log) = (rules, log);
        point = new Lazy<PolicyDecisionPoint>(() => new PolicyDecisionPoint(catalogue, deployment));
    }

    /// <summary>Looks at what is new in the log and at what is over; whether there may be more.</summary>
    public async Task<bool> LookAsync(CancellationToken cancellation)
    {
        await raising.LapseAsync(cancellation);
        if (rules.Rules.Count == 0)
        {
            return false;
        }

        var (edge, indexes) = await NewAsync(cancellation);
        foreach (var index in indexes)
        {
            await TryAsync(async () =>
            {
                if (await FindAskAsync(index, cancellation) is { } ask)
                {
                    await writer.WriteAsync(transaction => raising.RaiseAsync(transaction, ask, index));
                }
            });
            seen = index;
        }

        seen = indexes.Count == Most ? indexes[^1] : edge - 1;
        await raising.KeepSeenAsync(seen.Value);
        return indexes.Count == Most;
    }

    /// <summary>INVARIANT: a client whose rows cannot be read stops no other's work. What passes is the database or the log: there it is tried again, from the same place.</summary>
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or FormatException or InvalidDataException)
        {
            Log.ReleasesStumbled(log, fault);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            try
            {
                while (await LookAsync(stoppingToken))
                {
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // INVARIANT: one entry that cannot be read does not take the room down
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Log.ReleasesStumbled(log, fault);
            }
        }
        while (await NextAsync(stoppingToken));
    }

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(options.LookForReleasesEvery, clock, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Places of new entries in which an item stayed under a rule that asks for a decision.</summary>
    private async Task<(long Edge, List<long> Indexes)> NewAsync(CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        var edge = (await LogEdge.ReadAsync(session, cancellation)).Range.Size;
        seen ??= await ReleaseRaising.SeenAsync(session, cancellation) ?? -1;
        return (edge, await session.QueryAsync(
            $"""
            SELECT DISTINCT leaf_index FROM log_item WHERE leaf_index > @seen AND leaf_index < @edge AND released = 0 AND {session.Dialect.IsAmong("rule", "rules")} ORDER BY leaf_index LIMIT {Most}
            """,
            static row => row.GetInt64(0),
            cancellation,
            ("seen", seen.Value),
            ("edge", edge),
            ("rules", session.Dialect.Values(rules.Rules.Select(static rule => rule.Value)))));
    }

    /// <summary>What an entry asks for that waits now; null where it tells of nothing of the kind.</summary>
    private async Task<ReleaseAsk?> FindAskAsync(long index, CancellationToken cancellation)
    {
        if (await EntryAsync(index, cancellation) is not { Client: { } client } entry || DecisionRecord.RequestOf(entry) is not { Purpose: { } purpose } request
            || ReleaseEnd.Of(request.From) is not { } from || ReleaseEnd.Of(request.To) is not { } to)
        {
            return null;
        }

        var state = (await states.ReadAsync([], [await StandsForAsync(client, cancellation)], cancellation)).States[0].State;
        var stayed = entry.Items.Where(static item => !item.Released).Select(static item => item.Item).ToImmutableArray();
        var now = clock.GetUtcNow();
        var waiting = point.Value.FindWaiting(request with { Items = stayed }, state, now);
        var asker = request.Direction == Direction.Read ? request.To.Professional : request.From.Professional;
        return waiting.IsEmpty ? null : new ReleaseAsk(client, from, to, asker, purpose, request.Direction, waiting, entry.CorrelationId);
    }

    private async Task<ClientId> StandsForAsync(ClientId client, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await Identities.StandsForAsync(session, client, cancellation);
    }

    /// <summary>An entry of a read or message that was refused in whole or in part, and not too long ago.</summary>
    private async Task<LogEntry?> EntryAsync(long index, CancellationToken cancellation)
    {
        await using var session = await database.ReadAsync(cancellation);
        return await LogTable.FindAsync(session, index, cancellation) is { } logged && logged.Entry() is { Kind: LogEntryKind.Refusal or LogEntryKind.Disclosure } entry
            && entry.Time + options.ReleaseTerm > clock.GetUtcNow() && entry.Items.Any(item => item.MissingCondition is { } missing && rules.Conditions.Contains(missing)) ? entry : null;
    }
}

/// <summary>What following takes.</summary>
internal sealed record ReleaseFollowing(Database Database, StateReader States, LogWriter Writer, ReleaseRaising Raising, TimeProvider Clock, ConsentOptions Options);
