// What a withdrawal does and what it cannot do.
using System.Collections.Immutable;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>The consent is withdrawn. <c>POST /me/consents/{id}/withdraw</c> without a body (person token, kind client); repeating it gives the same answer.</summary>
/// <remarks>
/// To who records a withdrawal (<c>POST /consents/{id}/withdraw</c>) it tells of what the recorder's organisation gave, and which flows go on by statute; <see cref="Stops"/> is empty then,
/// because it would tell what else the client consented to.
/// From this answer on no disclosure that relied on the consent can be committed, hence none released.
/// </remarks>
public sealed record WithdrawalAnswer
{
    /// <summary>The consent, now withdrawn.</summary>
    public required MyConsent Consent { get; init; }

    /// <summary>When it took effect.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }

    /// <summary>Who already received data that rested on this consent; what was given stays given.</summary>
    public required ImmutableArray<DataHolder> Holders { get; init; }

    /// <summary>Flows that rested on it and stop now.</summary>
    public required ImmutableArray<AffectedFlow> Stops { get; init; }

    /// <summary>Flows of the same items to the same recipient that go on, because a statute or another consent carries them.</summary>
    public required ImmutableArray<AffectedFlow> Continues { get; init; }

    /// <summary>Entries on their way that rest on it: whatever has not been sent yet is decided anew before it is, and then this consent is gone.</summary>
    public ImmutableArray<WaitingSend> Waiting { get; init; } = [];

    /// <summary>The case or service with which it was tied, to which the recipient has no access by this consent any more; null where none was named.</summary>
    public string? Case { get; init; }
}

/// <summary>A recipient that holds data given on the strength of a consent.</summary>
public sealed record DataHolder
{
    /// <summary>The recipient.</summary>
    public required DisclosureEnd Recipient { get; init; }

    /// <summary>Items it received.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>First time.</summary>
    public required DateTimeOffset FirstTime { get; init; }

    /// <summary>Last time.</summary>
    public required DateTimeOffset LastTime { get; init; }

    /// <summary>How many times.</summary>
    public required int Count { get; init; }
}

/// <summary>An entry that was recorded as being sent and of which no outcome is known yet.</summary>
public sealed record WaitingSend
{
    /// <summary>The recipient.</summary>
    public required DisclosureEnd Recipient { get; init; }

    /// <summary>Items in it.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>A rule of the catalogue with the items concerned.</summary>
public sealed record AffectedFlow
{
    /// <summary>The rule; its title stands in the catalogue.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>The items concerned.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>Another consent of the client that carries it; null where it stops, or where the statute alone carries it.</summary>
    public ConsentReference? Consent { get; init; }
}
