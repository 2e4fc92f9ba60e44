// What a professional records of a minor: the ability to decide, and a bar on the guardian.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>A professional's decision on who decides for a minor. <c>POST /minors/capacity</c> (person token, kind professional, or a connected system with the professional in its token)</summary>
/// <remarks>Taken of the roles that the minors' policy names as assessor in the context. Sending the same command twice gives one decision.</remarks>
public sealed record RecordCapacity
{
    /// <summary>Identifier chosen by the caller (UUID version 7, 32 hexadecimal digits). To correct a decision: its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Whether this replaces the newest version of the decision <see cref="Id"/>; the context stays.</summary>
    public bool Corrects { get; init; }

    /// <summary>The minor's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>A context of the minors' policy in which capacity is recorded: health, social, student-welfare.</summary>
    public required string Context { get; init; }

    /// <summary>Code of the national list: 1 not able, 2 able, 4 not known. A minor who is able and forbids (3) is recorded as able, and the bar on its own, because each ends on its own.</summary>
    public required string Code { get; init; }

    /// <summary>What was assessed, in a few words, for people; 1 to 200 characters, no national identifier. The decision counts in the whole context for its time.</summary>
    public required string Scope { get; init; }

    /// <summary>Valid from (inclusive); null = from now on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Valid until (inclusive). Children grow: a decision without an end is not taken.</summary>
    public required DateTimeOffset To { get; init; }
}

/// <summary>A minor forbids that data are given to the guardian, and a professional accepts it. <c>POST /minors/bars</c> (as <see cref="RecordCapacity"/>)</summary>
/// <remarks>It stands until it is withdrawn: <c>POST /minors/bars/{id}/withdraw</c>, by the organisation that recorded it. Nobody but that organisation learns that it stands.</remarks>
public sealed record RecordBar
{
    /// <summary>Identifier chosen by the caller (UUID version 7, 32 hexadecimal digits).</summary>
    public required string Id { get; init; }

    /// <summary>The minor's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>Context: health, social, student-welfare.</summary>
    public required string Context { get; init; }

    /// <summary>The weighty reason, where the act asks for one; 1 to 500 characters, no national identifier. Where the act asks for none, none is taken.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the assessor found that the bar is not plainly against the minor's interest, where the act asks for that.</summary>
    public bool NotAgainstInterest { get; init; }
}

/// <summary>It stands (201, or 200 where it stood already).</summary>
public sealed record MinorRecorded
{
    /// <summary>What stands.</summary>
    public required MinorRecordView Record { get; init; }

    /// <summary>The receipt in its header form.</summary>
    public required string Receipt { get; init; }

    /// <summary>Place in the log.</summary>
    public required long Index { get; init; }
}

/// <summary>Asks what the own organisation recorded of a minor. <c>POST /minors/query</c> (as <see cref="RecordCapacity"/>)</summary>
public sealed record MinorQuery
{
    /// <summary>The minor's national identifier (HETU).</summary>
    public required string Identifier { get; init; }
}

/// <summary>Decisions and bars that the own organisation recorded, newest change first.</summary>
public sealed record MinorRecords
{
    /// <summary>The records.</summary>
    public required ImmutableArray<MinorRecordView> Records { get; init; }
}

/// <summary>A decision or bar with its versions, oldest first; the last one holds.</summary>
public sealed record MinorRecordView
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>capacity or bar.</summary>
    public required string Kind { get; init; }

    /// <summary>Context.</summary>
    public required string Context { get; init; }

    /// <summary>Its life, oldest first.</summary>
    public required ImmutableArray<MinorRecordVersion> Versions { get; init; }
}

/// <summary>One version.</summary>
public sealed record MinorRecordVersion
{
    /// <summary>Number, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>recorded, corrected or withdrawn.</summary>
    public required string What { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The professional.</summary>
    public required ProfessionalId By { get; init; }

    /// <summary>In which role.</summary>
    public required RoleId Role { get; init; }

    /// <summary>National code of a capacity decision.</summary>
    public string? Code { get; init; }

    /// <summary>What was assessed.</summary>
    public string? Scope { get; init; }

    /// <summary>Valid from.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Valid until.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The weighty reason of a bar.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the assessor found the bar not plainly against the minor's interest.</summary>
    public bool? NotAgainstInterest { get; init; }
}
