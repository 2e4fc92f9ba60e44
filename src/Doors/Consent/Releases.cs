// Disclosures that wait for a human decision of the giver, as the giver's professionals see and decide them.
using System.Collections.Immutable;
using Sisote.Policy.Ids;
using Sisote.Policy.Requests;

namespace Sisote.Doors.Consent;

/// <summary>
/// What waits for a decision of the own organisation, oldest first; then what was decided lately. <c>GET /releases</c> (a professional of the giver, signed in or behind a connected system)
/// </summary>
/// <remarks>Only the giver sees it. Who asked gets the same answer before and after as where there is nothing, until a release.</remarks>
public sealed record WaitingReleases
{
    /// <summary>The work items.</summary>
    public required ImmutableArray<WaitingRelease> Releases { get; init; }
}

/// <summary>One recipient's wish for items of one client that nothing but a human decision keeps back.</summary>
public sealed record WaitingRelease
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>open, released, declined or lapsed.</summary>
    public required string State { get; init; }

    /// <summary>Whose data: the national identifier (HETU), so that the professional finds the client in the own record; null for the operator.</summary>
    public string? Identifier { get; init; }

    /// <summary>A short mark of the client within this organisation's lists.</summary>
    public string? ClientMark { get; init; }

    /// <summary>Who would give.</summary>
    public required OrganisationId FromOrganisation { get; init; }

    /// <summary>From which system.</summary>
    public SystemId? FromSystem { get; init; }

    /// <summary>Who asks, or would be sent to.</summary>
    public required OrganisationId ToOrganisation { get; init; }

    /// <summary>With which system.</summary>
    public SystemId? ToSystem { get; init; }

    /// <summary>In which sector.</summary>
    public required SectorId ToSector { get; init; }

    /// <summary>In which role.</summary>
    public required RoleId ToRole { get; init; }

    /// <summary>The professional who asked first.</summary>
    public ProfessionalId? AskedBy { get; init; }

    /// <summary>For what.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>Which way.</summary>
    public required Direction Direction { get; init; }

    /// <summary>What.</summary>
    public required ImmutableArray<WaitingReleaseItem> Items { get; init; }

    /// <summary>What the asker stated with the question, oldest first; empty for the operator, and where nothing waits any more.</summary>
    public ImmutableArray<ReleaseStatement> Statements { get; init; } = [];

    /// <summary>Since when.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset LapsesAt { get; init; }

    /// <summary>When it was decided, or lapsed.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who decided.</summary>
    public ProfessionalId? DecidedBy { get; init; }
}

/// <summary>A circumstance that the asker stated.</summary>
public sealed record ReleaseStatement
{
    /// <summary>The condition that is said to hold.</summary>
    public required ConditionId Condition { get; init; }

    /// <summary>The reference or necessity text that backs it, in the asker's words; at most 200 characters.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the asker's system is registered to check it.</summary>
    public bool IsChecked { get; init; }
}

/// <summary>One item that waits.</summary>
public sealed record WaitingReleaseItem
{
    /// <summary>The item.</summary>
    public required DataItemId Item { get; init; }

    /// <summary>The rule that would carry it.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>The conditions to decide on; reasons for each stand in the catalogue.</summary>
    public required ImmutableArray<ConditionId> Decisions { get; init; }

    /// <summary>open, released, declined or lapsed.</summary>
    public required string State { get; init; }
}

/// <summary>Releases items; what was shown and is not named is declined. <c>POST /releases/{id}/release</c></summary>
public sealed record ReleaseItems
{
    /// <summary>The items; null = all that were shown.</summary>
    public ImmutableArray<DataItemId>? Items { get; init; }

    /// <summary>The items that the professional had before the eyes: what joined later stays open. Null = all that wait when the command comes.</summary>
    public ImmutableArray<DataItemId>? Shown { get; init; }

    /// <summary>For each condition decided on, the code of a reason of the catalogue that decides for.</summary>
    public required ImmutableSortedDictionary<string, string> Reasons { get; init; }

    /// <summary>Whether each item may go once.</summary>
    public bool Once { get; init; }

    /// <summary>The last instant; may be left out where each item goes once.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Declines all that was shown. <c>POST /releases/{id}/decline</c></summary>
public sealed record DeclineItems
{
    /// <summary>The items that the professional had before the eyes: what joined later stays open. Null = all that wait when the command comes.</summary>
    public ImmutableArray<DataItemId>? Shown { get; init; }

    /// <summary>The code of a reason of the catalogue that decides against.</summary>
    public required string Reason { get; init; }
}

/// <summary>
/// A decision that a professional records before anybody asks. <c>POST /decisions</c> (a professional of the giver, signed in or behind a connected system); sent twice with one id it is one decision.
/// </summary>
public sealed record RecordDecision
{
    /// <summary>A fresh identifier: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Whose data: national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>The condition decided on, for example <c>human-release</c>.</summary>
    public required ConditionId Condition { get; init; }

    /// <summary>The items.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The recipient.</summary>
    public required OrganisationId ToOrganisation { get; init; }

    /// <summary>The recipient's sector.</summary>
    public required SectorId ToSector { get; init; }

    /// <summary>The recipient's role.</summary>
    public required RoleId ToRole { get; init; }

    /// <summary>The recipient's professional, where only that person may get it.</summary>
    public ProfessionalId? ToProfessional { get; init; }

    /// <summary>For what.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>The code of a reason of the catalogue that decides for.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether each item may go once.</summary>
    public bool Once { get; init; }

    /// <summary>The last instant; may be left out where each item goes once.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A decision as it stands. <c>GET /decisions</c>, <c>POST /decisions/{id}/withdraw</c></summary>
public sealed record HumanDecision
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The condition decided on.</summary>
    public required ConditionId Condition { get; init; }

    /// <summary>active, used, withdrawn or expired.</summary>
    public required string State { get; init; }

    /// <summary>A short mark of the client within this organisation's lists.</summary>
    public required string ClientMark { get; init; }

    /// <summary>The items that may go.</summary>
    public required ImmutableArray<DataItemId> Items { get; init; }

    /// <summary>The recipient.</summary>
    public required OrganisationId ToOrganisation { get; init; }

    /// <summary>The recipient's role.</summary>
    public required RoleId ToRole { get; init; }

    /// <summary>For what.</summary>
    public required PurposeId Purpose { get; init; }

    /// <summary>Whether each item may go once.</summary>
    public required bool Once { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Who decided.</summary>
    public ProfessionalId? DecidedBy { get; init; }

    /// <summary>In force from.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>In force until.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Decisions of the own organisation, newest first.</summary>
public sealed record HumanDecisions
{
    /// <summary>The decisions.</summary>
    public required ImmutableArray<HumanDecision> Decisions { get; init; }
}

/// <summary>A decision or release stands; its receipt.</summary>
public sealed record DecisionStands
{
    /// <summary>The decisions that now stand, or the one withdrawn.</summary>
    public required ImmutableArray<string> Decisions { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }
}
