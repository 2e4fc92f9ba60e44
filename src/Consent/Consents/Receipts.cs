// What went to whom on the strength of a consent, as the log has it.
using System.Collections.Immutable;
using Sisote.Consent.Clients;
using Sisote.Consent.Keeping;
using Sisote.Consent.Storage;
using Sisote.DisclosureLog.Entries;
using Sisote.Doors.Consent;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Consents;

/// <summary>Disclosures and sent entries that rested on any version of one consent.</summary>
internal sealed class Receipts
{
    private const string Delivered = "delivered";
    private const string Unknown = "unknown";
    private const string Waits = "waiting";

    private readonly List<LogEntry> entries = [];
    private readonly Sendings sendings;
    private readonly string consent;
    private ImmutableArray<DataItemId>? only;

    private Receipts(string consent, Sendings sendings)
    {
        this.consent = consent;
        this.sendings = sendings;
    }

    /// <summary>What may have arrived; what certainly did not makes nobody a recipient.</summary>
    private IEnumerable<LogEntry> Received => entries.Where(entry => entry.Kind != LogEntryKind.WriteIntent || sendings.OfAttempt(entry) is Delivered or Unknown);

    /// <summary>Reads them from the client's part of the log.</summary>
    public static async Task<Receipts> ReadAsync(Session session, ClientId client, string consent, CancellationToken cancellation)
    {
        var found = new Receipts(consent, new Sendings());
        var names = await ConsentNames.ReadAsync(session, client, consent, cancellation);
        var rows = session.StreamAsync(
            $"SELECT {LogTable.Columns} FROM log_entry WHERE {session.Dialect.IsAmong("client", "clients")} AND kind IN ('disclosure', 'use', 'write-intent', 'write-outcome') ORDER BY leaf_index",
            LogTable.Read,
            cancellation,
            ("clients", await Identities.ValuesAsync(session, client, cancellation)));
        await foreach (var logged in rows)
        {
            if (logged.Entry() is { } entry)
            {
                found.Add(logged.Index, names.In(entry));
            }
        }

        return found;
    }

    /// <summary>Of these, what one organisation gave.</summary>
    public Receipts GivenBy(OrganisationId organisation) => Where(entry => entry.From?.Organisation == organisation, only);

    /// <summary>Of these, what has some of the items, as if there were no others; all where null.</summary>
    public Receipts Of(ImmutableArray<DataItemId>? items) => items is null ? this : Where(entry => entry.Items.Any(item => RestsOnIt(item) && items.Value.Contains(item.Item)), items);

    private Receipts Where(Func<LogEntry, bool> matches, ImmutableArray<DataItemId>? items)
    {
        var part = new Receipts(consent, sendings) { only = items };
        part.entries.AddRange(entries.Where(matches));
        return part;
    }

    /// <summary>Who holds what. The attempts of one entry are one.</summary>
    public ImmutableArray<DataHolder> Holders() => [.. Received.GroupBy(static entry => DisclosureEnds.Of(entry.To)!).Select(group => new DataHolder
    {
        Recipient = group.Key,
        Items = ItemsOf(group),
        FirstTime = group.Min(static entry => entry.Time),
        LastTime = group.Max(static entry => entry.Time),
        Count = group.DistinctBy(static entry => entry.Kind == LogEntryKind.WriteIntent ? entry.CorrelationId : entry.Id).Count(),
    })];

    /// <summary>Entries that wait to be sent, and those of which nobody knows whether they arrived; each once, however often it was tried.</summary>
    public ImmutableArray<WaitingSend> Waiting() =>
        [.. entries.Where(entry => entry.Kind == LogEntryKind.WriteIntent && sendings.Newest(entry) is (Unknown or Waits))
            .GroupBy(static entry => (entry.CorrelationId, Recipient: DisclosureEnds.Of(entry.To)!))
            .Select(attempts => new WaitingSend { Recipient = attempts.Key.Recipient, Items = ItemsOf(attempts), Since = attempts.Min(static entry => entry.Time) })];

    /// <summary>By receiving organisation and system: which items, and the handles of what was received.</summary>
    public IEnumerable<(OrganisationId Organisation, SystemId? System, ImmutableArray<DataItemId> Items, ImmutableArray<string> Resources)> Recipients() =>
        from entry in Received
        where entry.To?.Organisation is not null
        group entry by (Organisation: entry.To!.Organisation!.Value, entry.To.System) into same
        select (same.Key.Organisation, same.Key.System, ItemsOf(same), same.SelectMany(static entry => entry.Resources).Select(static resource => $"{resource.Type}/{resource.Handle}").Distinct().Order(StringComparer.Ordinal).ToImmutableArray());

    private void Add(long index, LogEntry entry)
    {
        sendings.Add(index, entry);
        if (entry is { Kind: not LogEntryKind.WriteOutcome, To: not null } && entry.Items.Any(RestsOnIt))
        {
            entries.Add(entry);
        }
    }

    private ImmutableArray<DataItemId> ItemsOf(IEnumerable<LogEntry> some) =>
        [.. some.SelectMany(static entry => entry.Items).Where(RestsOnIt).Select(static item => item.Item).Distinct().OrderBy(static item => item.Value, StringComparer.Ordinal)];

    private bool RestsOnIt(LogItem item) => item.Released && item.Consents.Any(reference => reference.Id == consent) && only?.Contains(item.Item) != false;
}
