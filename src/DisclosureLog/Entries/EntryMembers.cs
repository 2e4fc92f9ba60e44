// Which members came with which schema.
namespace Sisote.DisclosureLog.Entries;

/// <summary>Keeps an entry of an older schema from carrying members that its readers would refuse.</summary>
internal static class EntryMembers
{
    /// <summary>Whether an entry has the members of its schema and no others.</summary>
    internal static bool FitTheSchema(LogEntry entry) => entry.Schema switch
    {
        1 => !GoBeyondTheFirstSchema(entry) && !TellOfKeeping(entry) && !TellsOfAReview(entry),
        2 => !TellOfKeeping(entry) && !TellsOfAReview(entry),
        3 => entry is ({ Kind: LogEntryKind.Erasure, Erasure: not null, Hold: null } or { Kind: LogEntryKind.HoldChange, Hold: not null, Erasure: null }) && !TellsOfAReview(entry),
        4 => entry is { Kind: LogEntryKind.Review, Review: not null } && !TellOfKeeping(entry),
        _ => false,
    };

    private static bool TellOfKeeping(LogEntry entry) => entry is { Erasure: not null } or { Hold: not null } or { Kind: LogEntryKind.Erasure or LogEntryKind.HoldChange };

    private static bool TellsOfAReview(LogEntry entry) => entry is { Review: not null } or { Kind: LogEntryKind.Review };

    /// <summary>Whether an entry has a member of schema 2.</summary>
    private static bool GoBeyondTheFirstSchema(LogEntry entry) =>
        entry is { AgeClass: not null } or { Deployment: not null } or { DecidedAt: not null } or { HoldsUntil: not null } or { Inputs: not null }
            or { From.Actor: not null } or { To.Actor: not null }
        || (!entry.Items.IsDefaultOrEmpty && entry.Items.Any(static item => !item.Withheld.IsDefaultOrEmpty))
        || (!entry.Resources.IsDefaultOrEmpty && entry.Resources.Any(static resource => resource.Content is not null));
}
