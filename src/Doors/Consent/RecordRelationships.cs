// What a register knows of relationships, told as a whole.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>All relationships of some kinds that hold now in one source system's register. <c>POST /clients/relationships</c> (sisote-adapters)</summary>
/// <remarks>
/// Replaces what that source told of those kinds before: what is new begins, what is missing ends, what is as it was stays untouched and leaves no trace in the log.
/// Each client's changes are durable together; after a failure the same message may be sent again.
/// </remarks>
public sealed record RecordRelationships
{
    /// <summary>The system whose register it is. Every relationship has its organisation on one side.</summary>
    public required SystemId Source { get; init; }

    /// <summary>The kinds that the message is complete for, for example <c>enrolment</c>.</summary>
    public required ImmutableArray<string> Kinds { get; init; }

    /// <summary>The relationships, at most 100,000.</summary>
    public required ImmutableArray<RegisteredRelationship> Rows { get; init; }

    /// <summary>Forms of school of clients, at most one for each; those of other clients stay, and so do all other facts.</summary>
    public ImmutableArray<RegisteredSchoolForm> SchoolForms { get; init; } = [];
}

/// <summary>One relationship of a register.</summary>
public sealed record RegisteredRelationship
{
    /// <summary>The client's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>Identifier within the source, the same each time: 1 to 64 letters, digits, '-', '_' or '.'.</summary>
    public required string Id { get; init; }

    /// <summary>Kind, one of the message's.</summary>
    public required string Kind { get; init; }

    /// <summary>The organisation on whose side it arose.</summary>
    public OrganisationId? FromOrganisation { get; init; }

    /// <summary>The organisation towards which it holds.</summary>
    public OrganisationId? ToOrganisation { get; init; }

    /// <summary>The professional towards whom it holds.</summary>
    public ProfessionalId? Professional { get; init; }

    /// <summary>In force from (inclusive); null = since it was told.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>In force until (inclusive); null until ended.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>The form of school of one client.</summary>
public sealed record RegisteredSchoolForm
{
    /// <summary>The client's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>basic, upper-secondary, vocational or tuva.</summary>
    public required string SchoolForm { get; init; }
}

/// <summary>The register's relationships stand; how many of each.</summary>
public sealed record RelationshipsRecorded
{
    /// <summary>Relationships that began, or began anew.</summary>
    public required int Begun { get; init; }

    /// <summary>Relationships whose dates, sides or professional changed.</summary>
    public required int Changed { get; init; }

    /// <summary>Relationships that the register no longer has.</summary>
    public required int Ended { get; init; }

    /// <summary>Forms of school that changed.</summary>
    public required int SchoolForms { get; init; }
}
