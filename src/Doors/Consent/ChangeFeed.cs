// What changed, for rooms that keep what they were told.
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>
/// Changes behind a number. <c>GET /changes?after=N&amp;wait=SECONDS</c> (sisote-gateway, sisote-portal). Without <c>after</c> it says where to begin. With <c>wait</c> an answer without events comes
/// only after that time. A follower that is too far behind, or ahead of what is on record, gets 410 <c>changes-gone</c>: it forgets what it keeps and begins anew without <c>after</c>.
/// </summary>
/// <remarks>INVARIANT: a follower that misses everything releases nothing on an old state: the append holds the revision against the record.</remarks>
public sealed record ChangeFeed
{
    /// <summary>The changes, in the order in which they were committed, without gaps.</summary>
    public required ImmutableArray<ChangeEvent> Events { get; init; }

    /// <summary>The number to ask with next.</summary>
    public required long Next { get; init; }
}

/// <summary>One change; it names no person and does not say what changed.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Revision">The revision with the change, of the client or of the agreements.</param>
/// <param name="Client">Whose; null with agreements.</param>
public sealed record ChangeEvent(long Number, ChangeKind Kind, long Revision, ClientId? Client = null);

/// <summary>What kind of thing changed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
public enum ChangeKind
{
    /// <summary>A consent or prohibition.</summary>
    [JsonStringEnumMemberName("consent")]
    Consent,

    /// <summary>A relationship.</summary>
    [JsonStringEnumMemberName("relationship")]
    Relationship,

    /// <summary>A fact.</summary>
    [JsonStringEnumMemberName("facts")]
    Facts,

    /// <summary>Which identities are one person's.</summary>
    [JsonStringEnumMemberName("identity")]
    Identity,

    /// <summary>An agreement between organisations; it concerns every client.</summary>
    [JsonStringEnumMemberName("agreements")]
    Agreements,
}
