// An entry of the log in the words of FHIR R4 AuditEvent, before it is written as JSON.
using System.Collections.Immutable;

namespace Sisote.DisclosureLog.Audit;

/// <summary>One FHIR R4 AuditEvent that was made from an entry. It is never kept: the entry is the record, this is a way to read it.</summary>
/// <remarks>docs/audit.md has the table from entries to elements. Codes and names of items only, never values, and no free text that somebody stated with a call.</remarks>
public sealed record AuditEvent
{
    /// <summary>Identifier: that of the entry, a hyphen and the face.</summary>
    public required string Id { get; init; }

    /// <summary>The IHE BALP profile whose mandatory elements are all there; null where the entry lacks one.</summary>
    public string? Profile { get; init; }

    /// <summary>Type.</summary>
    public required AuditCoding Type { get; init; }

    /// <summary>Subtypes.</summary>
    public ImmutableArray<AuditCoding> Subtypes { get; init; } = [];

    /// <summary>C, R, U, D or E.</summary>
    public required string Action { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Occurred { get; init; }

    /// <summary>When the log took it in.</summary>
    public required DateTimeOffset Recorded { get; init; }

    /// <summary>0 success, 4 minor, 8 serious failure.</summary>
    public required string Outcome { get; init; }

    /// <summary>The outcome in the log's codes, and of a decision what was withheld and why.</summary>
    public required string OutcomeText { get; init; }

    /// <summary>Purpose of use.</summary>
    public AuditCoding? Purpose { get; init; }

    /// <summary>Who took part.</summary>
    public required ImmutableArray<AuditAgent> Agents { get; init; }

    /// <summary>Name of the log that holds the entry.</summary>
    public required string Site { get; init; }

    /// <summary>Who reports.</summary>
    public required AuditReference Observer { get; init; }

    /// <summary>What it was about.</summary>
    public ImmutableArray<AuditEntity> Entities { get; init; } = [];
}

/// <summary>A code in its system.</summary>
/// <param name="System">The code system.</param>
/// <param name="Code">The code.</param>
/// <param name="Display">Its name in that system.</param>
public sealed record AuditCoding(string System, string Code, string? Display = null);

/// <summary>A logical reference: somebody or something by identifier.</summary>
/// <param name="Type">Resource type.</param>
/// <param name="System">Who gave the identifier.</param>
/// <param name="Value">The identifier.</param>
public sealed record AuditReference(string Type, string System, string Value);

/// <summary>Somebody who took part.</summary>
public sealed record AuditAgent
{
    /// <summary>As what.</summary>
    public required AuditCoding Type { get; init; }

    /// <summary>Who; null where the entry does not say.</summary>
    public AuditReference? Who { get; init; }

    /// <summary>Role of a professional.</summary>
    public AuditCoding? Role { get; init; }

    /// <summary>Whether this one asked for it to happen.</summary>
    public bool Requestor { get; init; }

    /// <summary>The system as a machine name; addresses are not kept in the log.</summary>
    public string? Machine { get; init; }

    /// <summary>Rules and statutes by which it was done.</summary>
    public ImmutableArray<string> Policies { get; init; } = [];

    /// <summary>Purpose of use.</summary>
    public AuditCoding? Purpose { get; init; }
}

/// <summary>What it was about.</summary>
public sealed record AuditEntity
{
    /// <summary>Type.</summary>
    public required AuditCoding Type { get; init; }

    /// <summary>Role; null where a profile knows none.</summary>
    public AuditCoding? Role { get; init; }

    /// <summary>Which; null where there is a description only.</summary>
    public AuditReference? What { get; init; }

    /// <summary>In words of the log.</summary>
    public string? Description { get; init; }

    /// <summary>More about it.</summary>
    public ImmutableArray<AuditDetail> Details { get; init; } = [];
}

/// <summary>A named text.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Value">The text.</param>
public sealed record AuditDetail(string Type, string Value);
