// What of the log has served its time: counts, never whose.
using System.Collections.Immutable;

namespace Sisote.Doors.Consent;

/// <summary>
/// What is due for erasure as of a day. <c>GET /log/retention?asOf=YYYY-MM-DD</c>: sisote-operator sees all, a data-protection officer or controller-admin person what the own organisation is a side of.
/// Nothing is changed; looking is itself an entry.
/// </summary>
public sealed record RetentionReport
{
    /// <summary>The day (Finnish calendar); what was to be kept up to the day before at the latest is due.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Entries of the log.</summary>
    public required long Size { get; init; }

    /// <summary>Records that are due and not held.</summary>
    public required long Due { get; init; }

    /// <summary>Records that are due and held.</summary>
    public required long Held { get; init; }

    /// <summary>Records as old as the catalogue's period for which a controller has not set one, so that they stay.</summary>
    public required long Unset { get; init; }

    /// <summary>The organisations whose setting is missing.</summary>
    public required ImmutableArray<string> UnsetOrganisations { get; init; }

    /// <summary>Old records whose time is not counted from the event (consents) or that tell of the log's keeping: they stay.</summary>
    public required long Kept { get; init; }

    /// <summary>Old records that are not what the log committed to: evidence, so they stay.</summary>
    public required long Changed { get; init; }

    /// <summary>Records erased before.</summary>
    public required long Erased { get; init; }

    /// <summary>Records that are gone without any erasure on record: somebody removed them behind the log's back.</summary>
    public required long Unaccounted { get; init; }

    /// <summary>By the catalogue's period.</summary>
    public required ImmutableArray<RetentionCount> Periods { get; init; }

    /// <summary>By organisation; a record between two counts for both.</summary>
    public required ImmutableArray<RetentionCount> Organisations { get; init; }

    /// <summary>By sector; a record between two counts for both, <c>unknown</c> where none is on record.</summary>
    public required ImmutableArray<RetentionCount> Sectors { get; init; }

    /// <summary>By year of the event.</summary>
    public required ImmutableArray<RetentionCount> Years { get; init; }

    /// <summary>What is kept beside the log and counts no more, by kind: <c>decision</c>, <c>guardianship</c>, <c>minor-record</c>, <c>work-item</c>. A guardianship is no organisation's, so the operator alone sees it.</summary>
    public ImmutableArray<RetentionCount> Beside { get; init; } = [];
}

/// <summary>How many records with a value are due, and how many of them are held.</summary>
/// <param name="Value">The code.</param>
/// <param name="Due">Due and not held.</param>
/// <param name="Held">Due and held.</param>
public sealed record RetentionCount(string Value, long Due, long Held);
