// A merge that was wrong is undone: one transaction with both revisions and the log.
using System.Collections.Immutable;
using Sisote.Consent.Keeping;
using Sisote.Consent.Minors;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Clients.Merging;

/// <summary>
/// Everything goes back to the identity under which it came, also what was said since under the prior identifier. What nobody said under an identifier stays with the surviving one. Protections
/// stay on both, and what the merge ended stays ended: it is given again by whoever wants it.
/// </summary>
internal sealed class UnmergeLife(ClientKeys keys, ClientStore clients, MinorRecordStore minors, LogWriter writer)
{
    private const string Parted = "identity-parted";

    /// <summary>Undoes the merge of an identity; durable when it answers.</summary>
    public Task<MergeOutcome> UndoAsync(Hetu prior, LogParty from, string correlationId)
    {
        var client = keys.KeyOf(prior);
        var telling = new MergeTelling(prior, prior, string.Empty, from.System!.Value, from, correlationId);
        return writer.WriteAsync(new LogWork<MergeOutcome>(transaction => UndoAsync(transaction, client, telling)) { Clients = [client] });
    }

    private async Task<MergeOutcome> UndoAsync(LogTransaction transaction, ClientId prior, MergeTelling telling)
    {
        var session = transaction.Session;
        var standing = await transaction.StandsForAsync(prior, CancellationToken.None);
        if (standing == prior || await MergeStore.FindAsync(session, prior, CancellationToken.None) is not { } merge)
        {
            return new MergeOutcome.NotMerged();
        }

        var sides = await ClientSides.FindAsync(session, standing, CancellationToken.None);
        var behind = await Identities.BehindAsync(session, prior, CancellationToken.None);
        var bars = (await minors.OverAsync(session, standing, new ClientFacts(), CancellationToken.None)).GuardianBars;
        await MergeStore.UndoAsync(session, merge, transaction.Now, CancellationToken.None);
        await MergeStore.MoveBackAsync(session, standing, prior, behind, CancellationToken.None);
        await transaction.MergeAsync([prior], null, CancellationToken.None);
        await transaction.MergeAsync([.. behind.Where(one => one != prior)], prior, CancellationToken.None);
        await ProtectAsync(transaction, prior, standing, bars);
        await transaction.RaiseAsync(prior, ChangeKind.Identity, CancellationToken.None);
        await transaction.RaiseAsync(standing, ChangeKind.Identity, CancellationToken.None);
        var logged = await MergeLife.TellAsync(transaction, prior, Parted, merge, telling, sides);
        await MergeLife.TellAsync(transaction, standing, Parted, merge, telling, sides);
        return new MergeOutcome.Done(merge, await transaction.RevisionAsync(standing, CancellationToken.None), logged);
    }

    /// <summary>Nobody is stripped of a protection by an undoing: what was told of the person meanwhile protects both until a register says otherwise.</summary>
    private async Task ProtectAsync(LogTransaction transaction, ClientId prior, ClientId standing, ImmutableArray<string>? bars)
    {
        var kept = await clients.FindAsync(transaction.Session, prior, CancellationToken.None);
        var other = await clients.FindAsync(transaction.Session, standing, CancellationToken.None);
        var protections = other?.Facts is { } facts ? facts with { CompulsoryAge = null, SchoolForm = null, Capacity = [] } : null;
        await WriteAsync(prior, MergeRules.Facts(protections, kept?.Facts));
        if (bars is not null)
        {
            await WriteAsync(standing, other?.Facts ?? new ClientFacts());
        }

        Task WriteAsync(ClientId client, ClientFacts its) =>
            clients.WriteFactsAsync(transaction.Session, client, its with { GuardianBars = MergeRules.Bars(its.GuardianBars, bars) }, CancellationToken.None);
    }
}
