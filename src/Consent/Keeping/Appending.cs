// The gateway's entries, each with the state it may rest on.
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sisote.Consent.Clients;
using Sisote.Consent.Consents;
using Sisote.Consent.Relationships;
using Sisote.Consent.Releases;
using Sisote.Consent.Replaying;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Keeping;

/// <summary>What became of one append: <see cref="Logged"/> is set when it is committed.</summary>
internal sealed record Appended(AppendStatus Status, LoggedEntry? Logged = null);

/// <summary>Appends entries if what their decisions used is still current (design.md 2).</summary>
internal sealed class Appending(LogWriter writer, ClientStore clients, InputStore inputs, LegalCatalogue catalogue, SingleUse singleUse, DecisionUse decisionUse)
{
    /// <summary>Appends in one transaction; each commits or fails alone, those marked as belonging together all or none.</summary>
    public async Task<ImmutableArray<Appended>> AppendAsync(IReadOnlyList<CheckedAppend> appends)
    {
        var results = await writer.WriteAsync(new LogWork<ImmutableArray<Appended>>(transaction => AppendAllAsync(transaction, appends))
        {
            Clients = [.. appends.Select(static append => append.Item.Entry.Client).OfType<ClientId>().Distinct()],
            EntryIds = [.. appends.Select(static append => append.Item.Entry.Id).Distinct()],
        });
        for (var place = 0; place < results.Length; place++)
        {
            if (results[place].Status == AppendStatus.Committed && appends[place].Item.Entry.Inputs is { } commitment)
            {
                inputs.Remember(commitment);
            }
        }

        return results;
    }

    private async Task<ImmutableArray<Appended>> AppendAllAsync(LogTransaction transaction, IReadOnlyList<CheckedAppend> appends)
    {
        var results = new Appended[appends.Count];
        foreach (var places in Enumerable.Range(0, appends.Count).GroupBy(place => appends[place].Item.Together is { } mark ? (mark, 0) : (string.Empty, place)))
        {
            var appended = await AppendTogetherAsync(transaction, [.. places.Select(place => appends[place])]);
            foreach (var (place, result) in places.Zip(appended))
            {
                results[place] = result;
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(results);
    }

    /// <summary>INVARIANT: nothing is written before everything that belongs together was found good, so that a refusal leaves no part of it in the log.</summary>
    private async Task<Appended[]> AppendTogetherAsync(LogTransaction transaction, CheckedAppend[] appends)
    {
        if (appends.DistinctBy(static append => append.Item.Entry.Id).Count() < appends.Length)
        {
            return [.. appends.Select(static _ => new Appended(AppendStatus.Clash))];
        }

        foreach (var append in appends)
        {
            if (await FindRefusalAsync(transaction, append) is { } refusal)
            {
                return [.. appends.Select(_ => refusal)];
            }
        }

        foreach (var append in appends)
        {
            if (await transaction.FindAsync(append.Item.Entry.Id, CancellationToken.None) is null && !await inputs.EnsureAsync(transaction.Session, append, transaction.Now))
            {
                return [.. appends.Select(static _ => new Appended(AppendStatus.InputsWanted))];
            }
        }

        var written = new List<Appended>();
        foreach (var append in appends)
        {
            written.Add(new Appended(AppendStatus.Committed, await WriteAsync(transaction, append)));
        }

        return [.. written];
    }

    /// <summary>Why an entry cannot be written; null where it can, or stands there already.</summary>
    private async Task<Appended?> FindRefusalAsync(LogTransaction transaction, CheckedAppend append)
    {
        var (item, entry) = (append.Item, append.Item.Entry);
        if (await transaction.FindAsync(entry.Id, CancellationToken.None) is { } before)
        {
            // INVARIANT: "committed" is only ever said of this very entry; another one under the same id is no record of this disclosure.
            return append.Sealed.Record.AsSpan().SequenceEqual(before.Record) ? null : new Appended(AppendStatus.Clash);
        }

        if (await JudgeAsync(transaction, item) is { } refused)
        {
            return new Appended(refused);
        }

        return item.Begins is { } begins && await RelationshipStore.FindAsync(transaction.Session, begins.Id, CancellationToken.None) is { } begun && begun.Client != await transaction.StandsForAsync(entry.Client!.Value, CancellationToken.None)
            ? new Appended(AppendStatus.Clash)
            : null;
    }

    private async Task<LoggedEntry> WriteAsync(LogTransaction transaction, CheckedAppend append)
    {
        var (item, entry) = (append.Item, append.Item.Entry);
        if (await transaction.FindAsync(entry.Id, CancellationToken.None) is { } before)
        {
            return before;
        }

        if (append.Identifier is not null || item.Begins is not null)
        {
            await transaction.EnsureAsync(clients, entry.Client!.Value, append.Identifier, CancellationToken.None);
        }

        if (item.Begins is { } begins && await RelationshipStore.FindAsync(transaction.Session, begins.Id, CancellationToken.None) is null)
        {
            await BeginAsync(transaction, await transaction.StandsForAsync(entry.Client!.Value, CancellationToken.None), begins);
        }

        var logged = transaction.Append(entry, append.Sealed);
        await MoveAsync(transaction, entry, item.Moves);
        await singleUse.FollowAsync(transaction, entry);
        await decisionUse.FollowAsync(transaction, entry);
        return logged;
    }

    /// <summary>The step is taken where it is possible still. Where somebody was quicker, what they did stands, and the entry is written all the same: it tells what the source took.</summary>
    private static async Task MoveAsync(LogTransaction transaction, LogEntry entry, MovedRelationship? moves)
    {
        if (moves is not null && await RelationshipStore.FindAsync(transaction.Session, moves.Id, CancellationToken.None) is { } kept
            && entry.Client is { } client && kept.Client == await transaction.StandsForAsync(client, CancellationToken.None))
        {
            await RelationshipLife.TakeAsync(transaction, moves.Id, RelationshipStep.Find(moves.Step)!, new RelationshipActor(moves.Organisation, moves.Professional), entry.CorrelationId);
        }
    }

    /// <summary>INVARIANT: an entry commits only if all that its decision used is still current, and its time has not passed.</summary>
    private async Task<AppendStatus?> JudgeAsync(LogTransaction transaction, AppendItem item) => item.Expect switch
    {
        null => null,
        var expect when expect.Catalogue != catalogue.Version => AppendStatus.Stale,
        var expect when expect.AgreementsRevision != transaction.AgreementsRevision => AppendStatus.Stale,
        var expect when expect.ClientRevision != await CurrentAsync(transaction, item.Entry.Client) => AppendStatus.Stale,
        _ when item.Entry.Client is { } client && await transaction.StandsForAsync(client, CancellationToken.None) != client => AppendStatus.Stale,
        var expect when expect.HoldsUntil < transaction.Now => AppendStatus.Expired,
        _ => null,
    };

    private static async ValueTask<long> CurrentAsync(LogTransaction transaction, ClientId? client) =>
        client is { } known ? await transaction.RevisionAsync(known, CancellationToken.None) : 0;

    private static async Task BeginAsync(LogTransaction transaction, ClientId client, NewRelationship begins)
    {
        var relationship = new Relationship
        {
            Id = begins.Id,
            Kind = begins.Kind,
            Status = begins.Status,
            FromOrganisation = begins.FromOrganisation,
            ToOrganisation = begins.ToOrganisation,
            Professional = begins.Professional,
            From = transaction.Now,
            To = begins.To,
        };
        await RelationshipStore.AddAsync(transaction.Session, new KeptRelationship(client, relationship) { Origin = new RelationshipOrigin("referral", begins.FromOrganisation, null, transaction.Now) }, CancellationToken.None);
        await transaction.RaiseAsync(client, ChangeKind.Relationship, CancellationToken.None);
    }
}
