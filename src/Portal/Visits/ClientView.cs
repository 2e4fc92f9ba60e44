// What a counsellor sees of a client.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sisote.Policy.Ids;

namespace Sisote.Portal.Visits;

/// <summary>The released items of a client, and whether anything is missing: one neutral fact, never which or why.</summary>
internal sealed record ClientView
{
    /// <summary>The items that came, with their resources.</summary>
    public required ImmutableArray<ShownItem> Items { get; init; }

    /// <summary>Whether some item did not come.</summary>
    public required bool SomethingMissing { get; init; }

    /// <summary>Systems that gave no answer: that is a fault to try again, not an absence.</summary>
    public required ImmutableArray<SystemId> Silent { get; init; }

    /// <summary>Receipts of the disclosures that made this view.</summary>
    public required ImmutableArray<string> Receipts { get; init; }
}

/// <summary>One item and where it came from.</summary>
internal sealed record ShownItem(DataItemId Item, SystemId System, ImmutableArray<JsonObject> Resources);
