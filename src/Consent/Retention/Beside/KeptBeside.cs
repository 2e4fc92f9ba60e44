// What is kept beside the log and has a time of its own.
using System.Collections.Immutable;
using Sisote.Consent.Storage;
using Sisote.Policy.Deciding;
using Sisote.Policy.Ids;
using Sisote.Policy.Retention;

namespace Sisote.Consent.Retention.Beside;

/// <summary>A row that counts no more: whose it is, whom it concerns, from when to when it counted, and how long it is kept after that.</summary>
internal sealed record KeptBeside
{
    /// <summary>An earlier version of a capacity decision or of a bar on a guardian.</summary>
    public const string MinorRecord = "minor-record";

    /// <summary>A guardianship that ended, or that a newer version replaced.</summary>
    public const string Guardianship = "guardianship";

    /// <summary>A professional's decision on a single release that ended.</summary>
    public const string Decision = "decision";

    /// <summary>A wish that was decided on or lapsed, with its items.</summary>
    public const string WorkItem = "work-item";

    /// <summary>All kinds, in the order in which a run takes them.</summary>
    public static ImmutableArray<string> Kinds { get; } = [Decision, Guardianship, MinorRecord, WorkItem];

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What takes it away.</summary>
    public required ImmutableArray<Statement> Deletion { get; init; }

    /// <summary>Whose it is: a child and its guardian are two.</summary>
    public required ImmutableArray<ClientId> Clients { get; init; }

    /// <summary>Organisations that it concerns.</summary>
    public ImmutableArray<OrganisationId> Organisations { get; init; } = [];

    /// <summary>Since when it counted.</summary>
    public required DateTimeOffset Begun { get; init; }

    /// <summary>When it ceased to count, and its time begins.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>How long it is kept.</summary>
    public required RetentionTerm Term { get; init; }

    /// <summary>The catalogue's period by which its time has ended as of a day; null while it has not, or where nobody said when it does.</summary>
    public string? DueAsOf(DateOnly day) => Term is RetentionTerm.Years years && years.LastDay(FinnishTime.DateOf(Ended)) < day ? years.Period : null;
}
