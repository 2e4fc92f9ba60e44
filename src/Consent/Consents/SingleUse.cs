// Consents that one disclosure uses up.
using System.Collections.Frozen;
using Sisote.Consent.Keeping;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;
using Sisote.Policy.States;

namespace Sisote.Consent.Consents;

/// <summary>
/// A consent of a form that is valid once is used by the entry that rests on it, in the same transaction: a second disclosure on it cannot be committed. Where it is on record that nothing of what was
/// sent arrived, nothing was disclosed and the consent stands again, so that what waits can be sent on it later; where nobody knows, it stays used and the client is asked anew.
/// INVARIANT: an entry gives back only what it used itself; what another used meanwhile stays used.
/// </summary>
internal sealed class SingleUse(FormRules rules, ConsentScope scope)
{
    /// <summary>Outcomes that say that nothing arrived.</summary>
    private static readonly FrozenSet<string> NothingArrived = FrozenSet.Create("refused", "waiting", "cancelled", "expired");

    /// <summary>Marks what an appended entry used, or gives it back.</summary>
    public async Task FollowAsync(LogTransaction transaction, LogEntry entry)
    {
        if (entry is { Client: { } client, Kind: LogEntryKind.Disclosure or LogEntryKind.WriteIntent or LogEntryKind.Use })
        {
            foreach (var newest in await NewestAsync(transaction, client, entry))
            {
                if (newest.Record.Status == ConsentStatus.Active)
                {
                    await AddAsync(transaction, newest.Next(ConsentVersion.Used, ConsentStatus.Expired, transaction.Now), entry, entry);
                }
            }
        }
        else if (entry is { Client: { } whose, Kind: LogEntryKind.WriteOutcome, Relates: { } intent } && NothingArrived.Contains(entry.Outcome) && await FindAsync(transaction, intent) is { } sent && sent.Client == whose)
        {
            foreach (var newest in await NewestAsync(transaction, whose, sent))
            {
                if (newest.What == ConsentVersion.Used && await FindAsync(transaction, newest.EntryId) is { Relates: { } user } && user == intent)
                {
                    await AddAsync(transaction, newest.Next(ConsentVersion.Unused, ConsentStatus.Active, transaction.Now), entry, sent);
                }
            }
        }
    }

    /// <summary>The newest versions of the consents on which an entry rests and that are valid once.</summary>
    private async Task<List<ConsentVersion>> NewestAsync(LogTransaction transaction, ClientId client, LogEntry entry)
    {
        var found = new List<ConsentVersion>();
        foreach (var id in UsedOnce(entry))
        {
            if (await ConsentStore.VersionsAsync(transaction.Session, await transaction.StandsForAsync(client, CancellationToken.None), id, CancellationToken.None) is [.., { } newest])
            {
                found.Add(newest);
            }
        }

        return found;
    }

    private Task AddAsync(LogTransaction transaction, ConsentVersion version, LogEntry cause, LogEntry sent) =>
        ConsentEntries.AddAsync(transaction, version, null, cause.CorrelationId, scope, sent.From?.Organisation, relates: cause.Id);

    private static async Task<LogEntry?> FindAsync(LogTransaction transaction, string id) => (await transaction.FindAsync(id, CancellationToken.None))?.Entry();

    private IReadOnlyCollection<string> UsedOnce(LogEntry entry)
    {
        HashSet<string>? found = null;
        foreach (var item in entry.Items)
        {
            foreach (var consent in item.Consents)
            {
                if (item.Released && rules.IsUsedOnce(consent.Form))
                {
                    (found ??= []).Add(consent.Id);
                }
            }
        }

        return found is null ? [] : found;
    }
}
