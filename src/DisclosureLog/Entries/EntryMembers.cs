// Which members came with which schema.
namespace Sisote.DisclosureLog.Entries;

/// <summary>Keeps an entry of an older schema from carrying members that its readers would refuse.</summary>
internal static class EntryMembers
{
    /// <summary>Whether an entry has a member of schema 2.</summary>
    internal static bool GoBeyondTheFirstSchema(LogEntry entry) =>
        entry is { AgeClass: not null } or { Deployment: not null } or { DecidedAt: not null } or { HoldsUntil: not null } or { Inputs: not null }
            or { From.Actor: not null } or { To.Actor: not null }
        || (!entry.Items.IsDefaultOrEmpty && entry.Items.Any(static item => !item.Withheld.IsDefaultOrEmpty))
        || (!entry.Resources.IsDefaultOrEmpty && entry.Resources.Any(static resource => resource.Content is not null));
}
