// What another register knows of a client's permissions and prohibitions, told as a whole.
using System.Collections.Immutable;
using Sisote.Policy.Ids;

namespace Sisote.Doors.Consent;

/// <summary>All permissions and prohibitions of one client that stand in another register. <c>POST /clients/consents</c> (sisote-operator, sisote-adapters)</summary>
/// <remarks>
/// Release permissions and prohibitions of social and health care (703/2023 53-55 §, 58-59 §) are given, kept and withdrawn in the national service (72 §); here they are mirrored, never given.
/// The message replaces what that source told of the client before: what is new begins, what is missing is withdrawn, what is as it was stays and leaves no trace in the log.
/// </remarks>
public sealed record MirrorConsents
{
    /// <summary>The register, for example <c>kanta</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When the register's state was read. A message older than one that was taken in is refused.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The client's national identifier (HETU).</summary>
    public required string Identifier { get; init; }

    /// <summary>Permissions and prohibitions in force, at most 200.</summary>
    public required ImmutableArray<MirroredConsent> Consents { get; init; }
}

/// <summary>One permission or prohibition of the register.</summary>
/// <remarks>A prohibition that the register aims more narrowly than this message can say (one service event, one document) is told as wide as needed to hold it: it may close more, never less.</remarks>
public sealed record MirroredConsent
{
    /// <summary>Identifier within the register, the same each time: 1 to 64 letters, digits, '-', '_' or '.'.</summary>
    public required string Id { get; init; }

    /// <summary>The form; one that the catalogue says is mirrored.</summary>
    public required ConsentFormId Form { get; init; }

    /// <summary>The items named; empty together with <see cref="AllItems"/> only.</summary>
    public ImmutableArray<DataItemId> Items { get; init; } = [];

    /// <summary>All items of the form's scope.</summary>
    public bool AllItems { get; init; }

    /// <summary>The recipient's sector, where named.</summary>
    public SectorId? RecipientSector { get; init; }

    /// <summary>The recipient's role, where named.</summary>
    public RoleId? RecipientRole { get; init; }

    /// <summary>The recipient's organisation, where named.</summary>
    public OrganisationId? RecipientOrganisation { get; init; }

    /// <summary>Whose data a permission opens, where the register names them; null = any. Never in a prohibition.</summary>
    public ImmutableArray<OrganisationId>? SourceOrganisations { get; init; }

    /// <summary>The purpose, where named.</summary>
    public PurposeId? Purpose { get; init; }

    /// <summary>In force from (inclusive).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>In force until (inclusive); null until withdrawn.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Who gave it: <c>client</c>, <c>guardian</c>, <c>guardians</c>, <c>client-and-guardian</c> or <c>representative</c>.</summary>
    public string GivenBy { get; init; } = "client";
}

/// <summary>The register's state stands; how many of each.</summary>
public sealed record ConsentsMirrored
{
    /// <summary>Begun, or begun anew.</summary>
    public required int Begun { get; init; }

    /// <summary>Told otherwise than before.</summary>
    public required int Changed { get; init; }

    /// <summary>No longer in the register.</summary>
    public required int Withdrawn { get; init; }

    /// <summary>The client's revision after it.</summary>
    public required long Revision { get; init; }
}
