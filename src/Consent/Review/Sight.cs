// How much of an entry the organisation sees that looks at it.
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Review;

/// <summary>
/// Why an item stayed tells what a client said or is: it is known to the side that holds the data and did not give them. Whoever only asked, or would have received, is shown that the item
/// stayed. Else the one who asked would learn from an officer next door what the gateway does not answer.
/// </summary>
internal static class Sight
{
    /// <summary>Whether something of the entry is kept from an organisation.</summary>
    public static bool IsDim(LogEntry entry, OrganisationId viewer) =>
        entry is { Client: not null, Kind: LogEntryKind.Refusal or LogEntryKind.Disclosure or LogEntryKind.Use or LogEntryKind.WriteIntent } && entry.From?.Organisation != viewer
        && entry.Items.Any(static item => !item.Released || !item.Withheld.IsEmpty);

    /// <summary>The entry as an organisation sees it.</summary>
    public static LogEntry Of(LogEntry entry, OrganisationId viewer) => !IsDim(entry, viewer) ? entry : entry with
    {
        Items = [.. entry.Items.Select(static item => item.Released ? item with { Withheld = [] } : new LogItem { Item = item.Item, Released = false })],
        ClientRevision = null,
        Inputs = null,
        HoldsUntil = null,
    };
}
