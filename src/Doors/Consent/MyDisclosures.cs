// What a client sees of the log: who asked, who got what, on which ground.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Entries;
using Sisote.Policy.Decisions;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Doors.Consent;

/// <summary>The signed-in client's own disclosures, newest first. <c>GET /me/disclosures?cursor=</c> (person token, kind client)</summary>
public sealed record MyDisclosures
{
    /// <summary>The rows.</summary>
    public required ImmutableArray<MyDisclosure> Disclosures { get; init; }

    /// <summary>Value of <c>cursor</c> for older rows; null when there are none.</summary>
    public string? Next { get; init; }
}

/// <summary>One event, or several alike within a day folded into one. Never names a person of the receiving side (703/2023 74 § 2 mom).</summary>
/// <remarks>Kinds: <c>disclosure</c>, <c>use</c>, <c>refusal</c> (somebody asked and got nothing) and <c>write-intent</c> (an entry was sent; <see cref="Outcome"/> says what became of it).</remarks>
public sealed record MyDisclosure
{
    /// <summary>When; of a folded row the newest.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Of a folded row the oldest; otherwise the same as <see cref="Time"/>.</summary>
    public required DateTimeOffset FirstTime { get; init; }

    /// <summary>How many events the row stands for, from 1.</summary>
    public required int Count { get; init; }

    /// <summary>Place in the log of the newest event, for questions about it.</summary>
    public required long Index { get; init; }

    /// <summary>Kind of event.</summary>
    public required LogEntryKind Kind { get; init; }

    /// <summary>released, nothing-found, delivered, refused, unknown, ...: what became of it. A sent entry shows <c>unknown</c> until its outcome is known.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whose data came from.</summary>
    public DisclosureEnd? From { get; init; }

    /// <summary>Who received, or asked and got nothing.</summary>
    public DisclosureEnd? To { get; init; }

    /// <summary>Which way.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Purpose of use.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>Items that went.</summary>
    public required ImmutableArray<DataItemId> Released { get; init; }

    /// <summary>Items that were asked for and stayed; for the client's own eyes, never for another reader.</summary>
    public required ImmutableArray<DataItemId> Withheld { get; init; }

    /// <summary>Why it was allowed: one for each rule that carried an item.</summary>
    public required ImmutableArray<DisclosureGround> Grounds { get; init; }
}

/// <summary>One side of a disclosure as the client sees it: an organisation, its system, sector and the role that acted, never a person.</summary>
public sealed record DisclosureEnd
{
    /// <summary>Organisation.</summary>
    public OrganisationId? Organisation { get; init; }

    /// <summary>System.</summary>
    public SystemId? System { get; init; }

    /// <summary>Sector.</summary>
    public SectorId? Sector { get; init; }

    /// <summary>Role.</summary>
    public RoleId? Role { get; init; }
}

/// <summary>A rule that carried items, the statutes it cites and the consents it rested on.</summary>
public sealed record DisclosureGround
{
    /// <summary>Rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>Statute and section.</summary>
    public ImmutableArray<LegalBasisCitation> Basis { get; init; } = [];

    /// <summary>Consents; empty where the statute alone carried it.</summary>
    public ImmutableArray<ConsentReference> Consents { get; init; } = [];
}
