// Every column in which a client's key stands, and what a merge of identities does about it.
using System.Collections.Immutable;

namespace Sisote.Consent.Clients.Merging;

/// <summary>What becomes of a row of an identity that is merged into another.</summary>
internal enum OnMerge
{
    /// <summary>It is what the merge itself writes: the pointer, and the row that tells of it.</summary>
    Pointer,

    /// <summary>It becomes a row of the surviving key, and of its own again when the merge is undone.</summary>
    Moved,

    /// <summary>It names the identity under which a moved row came, and stays as it is until the merge is undone.</summary>
    Origin,

    /// <summary>It stays, and whoever looks for what is the person's looks under all keys of the person.</summary>
    Followed,

    /// <summary>It stays with the identity: a register tells by identifier, and when it told of one says nothing of the other.</summary>
    OwnOfIdentity,

    /// <summary>It stays, and is found by what commits to it or as what happened then; nobody looks for it by person.</summary>
    History,
}

/// <summary>A column and what is done about it.</summary>
internal sealed record KeyColumn(string Table, string Column, OnMerge OnMerge);

/// <summary>INVARIANT: no column holds a client's key and is missing here; a table that is forgotten would leave what it says with an identity that nobody asks for any more.</summary>
internal static class KeyColumns
{
    public static ImmutableArray<KeyColumn> All { get; } =
    [
        new("client", "client", OnMerge.Pointer),
        new("client", "merged_into", OnMerge.Pointer),
        new("client_merge", "prior", OnMerge.Pointer),
        new("client_merge", "surviving", OnMerge.Pointer),
        new("consent", "client", OnMerge.Moved), // by the place of the consent, which knows the identity
        new("consent_place", "client", OnMerge.Moved),
        new("consent_place", "identity", OnMerge.Origin),
        new("relationship", "client", OnMerge.Moved),
        new("relationship", "identity", OnMerge.Origin),
        new("outbox_entry", "client", OnMerge.Moved),
        new("outbox_entry", "identity", OnMerge.Origin),
        new("subscription", "client", OnMerge.Moved),
        new("subscription", "identity", OnMerge.Origin),
        new("waiting_release", "client", OnMerge.Moved),
        new("waiting_release", "identity", OnMerge.Origin),
        new("log_entry", "client", OnMerge.Followed),
        new("log_hold", "client", OnMerge.Followed),
        new("review_case", "client", OnMerge.Followed),
        new("likeness", "owner", OnMerge.Followed),
        new("likeness", "mark", OnMerge.Followed),
        new("minor_record", "client", OnMerge.Followed),
        new("guardianship", "client", OnMerge.Followed),
        new("guardianship", "guardian", OnMerge.Followed),
        new("guardianship_told", "client", OnMerge.Followed),
        new("consent_mirror", "client", OnMerge.OwnOfIdentity),
        new("decision_input", "client", OnMerge.History),
        new("change_event", "client", OnMerge.History),
    ];

    /// <summary>Tables whose rows move and remember under which identity they came.</summary>
    public static ImmutableArray<string> Movable { get; } = [.. All.Where(static one => one.OnMerge == OnMerge.Origin).Select(static one => one.Table)];
}
