// Two identities become one: one transaction with both revisions and the log.
using Sisote.Consent.Consents;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Clients.Merging;

/// <summary>Who tells of a merge, or undoes one, in which call.</summary>
internal sealed record MergeTelling(Hetu Prior, Hetu Surviving, string Kind, SystemId Source, LogParty From, string CorrelationId)
{
    /// <summary>Whether the organisation that tells it must have to do with both; not, where the operator tells it.</summary>
    public bool MustKnowBoth { get; init; }
}

/// <summary>What became of it.</summary>
internal abstract record MergeOutcome
{
    private MergeOutcome()
    {
    }

    /// <summary>It is done.</summary>
    public sealed record Done(string Id, long Revision, LoggedEntry Logged) : MergeOutcome;

    /// <summary>Both identifiers are one.</summary>
    public sealed record Itself : MergeOutcome;

    /// <summary>The surviving one stands for the prior one: neither would stand for the person.</summary>
    public sealed record Circle : MergeOutcome;

    /// <summary>Both are one person already.</summary>
    public sealed record Already : MergeOutcome;

    /// <summary>The prior one was merged into another person.</summary>
    public sealed record Elsewhere : MergeOutcome;

    /// <summary>The source's organisation has nothing to do with one of them.</summary>
    public sealed record Stranger : MergeOutcome;

    /// <summary>There is nothing to undo.</summary>
    public sealed record NotMerged : MergeOutcome;
}

/// <summary>Merges identities. What opens on either record and what the other one contradicts ends; what protects stays.</summary>
internal sealed class MergeLife(ClientKeys keys, ClientStore clients, LogWriter writer, ConsentScope scope)
{
    private const string Gone = "identity-merged";
    private const string Corrected = "identity-corrected";
    private const string Joined = "identity-joined";

    /// <summary>Merges; durable when it answers.</summary>
    public Task<MergeOutcome> MergeAsync(MergeTelling telling)
    {
        var (prior, surviving) = (keys.KeyOf(telling.Prior), keys.KeyOf(telling.Surviving));
        return writer.WriteAsync(new LogWork<MergeOutcome>(transaction => MergeAsync(transaction, telling, prior, surviving)) { Clients = [prior, surviving] });
    }

    private async Task<MergeOutcome> MergeAsync(LogTransaction transaction, MergeTelling telling, ClientId prior, ClientId surviving)
    {
        var standing = await transaction.StandsForAsync(surviving, CancellationToken.None);
        if (prior == surviving)
        {
            return new MergeOutcome.Itself();
        }

        if (telling.MustKnowBoth && !await KnowsAsync(transaction.Session, telling.From.Organisation, prior, standing))
        {
            return new MergeOutcome.Stranger(); // who has nothing to do with them does not hear either who is one with whom
        }

        if (standing == prior)
        {
            return new MergeOutcome.Circle();
        }

        var standsNow = await transaction.StandsForAsync(prior, CancellationToken.None);
        if (standsNow != prior)
        {
            return standsNow == standing ? new MergeOutcome.Already() : new MergeOutcome.Elsewhere();
        }

        var merge = new KeptMerge(Guid.CreateVersion7().ToString("N"), prior, surviving, telling.Kind, telling.Source, transaction.Now);
        await transaction.EnsureAsync(clients, prior, telling.Prior, CancellationToken.None);
        await transaction.EnsureAsync(clients, surviving, telling.Surviving, CancellationToken.None);
        return await JoinAsync(transaction, telling, merge, standing);
    }

    /// <summary>INVARIANT: no register joins people with whom its organisation has nothing to do: it would move what others have on record of them.</summary>
    private static async Task<bool> KnowsAsync(Storage.Session session, OrganisationId? organisation, ClientId prior, ClientId standing) => organisation is { } its
        && (await ClientSides.FindAsync(session, prior, CancellationToken.None)).Contains(its)
        && (await ClientSides.FindAsync(session, standing, CancellationToken.None)).Contains(its);

    private async Task<MergeOutcome> JoinAsync(LogTransaction transaction, MergeTelling telling, KeptMerge merge, ClientId standing)
    {
        var session = transaction.Session;
        var prior = merge.Prior;
        var sides = (await ClientSides.FindAsync(session, prior, CancellationToken.None)).Union(await ClientSides.FindAsync(session, standing, CancellationToken.None)).ToHashSet();
        await RenameTakenAsync(transaction, prior, standing);
        var ended = MergeRules.Ended(await NewestAsync(transaction, prior), await NewestAsync(transaction, standing), transaction.Now);
        var facts = MergeRules.Facts((await clients.FindAsync(session, prior, CancellationToken.None))!.Facts, (await clients.FindAsync(session, standing, CancellationToken.None))!.Facts);
        var behind = (await Identities.AllOfAsync(session, prior, CancellationToken.None)).ToList();
        await MergeStore.AddAsync(session, merge, CancellationToken.None);
        await MergeStore.MoveAsync(session, prior, standing, CancellationToken.None);
        await clients.WriteFactsAsync(session, standing, facts, CancellationToken.None);
        await transaction.RaiseAsync(prior, ChangeKind.Identity, CancellationToken.None);
        await transaction.RaiseAsync(standing, ChangeKind.Identity, CancellationToken.None);
        await transaction.MergeAsync(behind, standing, CancellationToken.None);
        foreach (var version in ended)
        {
            await ConsentEntries.AddAsync(transaction, version with { Client = standing }, telling.From, telling.CorrelationId, scope);
        }

        var told = telling.Kind == Doors.Consent.MergeClients.Corrected ? Corrected : Gone;
        var logged = await TellAsync(transaction, prior, told, merge.Id, telling, sides);
        await TellAsync(transaction, standing, Joined, merge.Id, telling, sides);
        return new MergeOutcome.Done(merge.Id, await transaction.RevisionAsync(standing, CancellationToken.None), logged);
    }

    /// <summary>An entry of the log about one of both. Which identity the other one is stands in no entry: the merge's identifier holds them together.</summary>
    internal static async Task<LoggedEntry> TellAsync(LogTransaction transaction, ClientId client, string outcome, string merge, MergeTelling telling, IEnumerable<OrganisationId> sides) => transaction.Append(
        new LogEntry
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Time = transaction.Now,
            Kind = LogEntryKind.ConsentChange,
            CorrelationId = telling.CorrelationId,
            Client = client,
            From = telling.From,
            ClientRevision = await transaction.RevisionAsync(client, CancellationToken.None),
            Outcome = outcome,
            Concerns = merge,
            Visibility = new LogVisibility { Client = false },
        },
        sides: sides);

    /// <summary>One register may have told of a consent under both identities, by the same identifier: the prior one's gets another.</summary>
    private static async Task RenameTakenAsync(LogTransaction transaction, ClientId prior, ClientId standing)
    {
        var taken = (await ConsentPlaces.IdentitiesAsync(transaction.Session, standing, CancellationToken.None)).Keys.ToHashSet();
        foreach (var id in (await ConsentPlaces.IdentitiesAsync(transaction.Session, prior, CancellationToken.None)).Keys.Where(taken.Contains))
        {
            await MergeStore.RenameAsync(transaction.Session, prior, id, MergeRules.Renamed(id, prior), CancellationToken.None);
        }
    }

    private static async Task<List<ConsentVersion>> NewestAsync(LogTransaction transaction, ClientId client) =>
        [.. (await ConsentStore.AllAsync(transaction.Session, client, CancellationToken.None)).GroupBy(static version => version.Record.Id).Select(static versions => versions.Last())];
}
