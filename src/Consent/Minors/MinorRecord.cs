// One version of a capacity decision or of a bar on the guardian, as it is kept.
using Sisote.Consent.Consents;
using Sisote.Policy.Ids;

namespace Sisote.Consent.Minors;

/// <summary>What a named professional recorded, and the log entry that tells that something was. Never changed once written.</summary>
internal sealed record MinorRecord
{
    public required ClientId Client { get; init; }

    public required string Id { get; init; }

    public required int Version { get; init; }

    public required OrganisationId Organisation { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string EntryId { get; init; }

    public required MinorRecordContent Content { get; init; }
}

/// <summary>The sealed part of a version.</summary>
internal sealed record MinorRecordContent
{
    public const string Capacity = "capacity";
    public const string Bar = "bar";
    public const string Recorded = "recorded";
    public const string Corrected = "corrected";
    public const string Withdrawn = "withdrawn";

    /// <summary>capacity or bar.</summary>
    public required string Kind { get; init; }

    /// <summary>recorded, corrected or withdrawn.</summary>
    public required string What { get; init; }

    public required string Context { get; init; }

    public required ProfessionalId By { get; init; }

    public required RoleId Role { get; init; }

    public string? Code { get; init; }

    public string? Scope { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Reason { get; init; }

    public bool? NotAgainstInterest { get; init; }
}

/// <summary>What somebody says at a door, checked as far as the client's record is not needed.</summary>
internal sealed record MinorSaying(Hetu Identifier, string Id, MinorRecordContent Content, Recorder Recorder, string CorrelationId)
{
    /// <summary>Whether the newest version of a decision on record is replaced.</summary>
    public bool Corrects { get; init; }
}
