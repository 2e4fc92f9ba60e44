// Erasing what has served its time: prepare, export, run.
using System.Collections.Immutable;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Doors.Consent;

/// <summary>
/// Prepares a run of erasing. <c>POST /log/erasures</c> (sisote-operator). Nothing is erased yet; an earlier run that has not ended is given up.
/// </summary>
public sealed record PrepareErasure
{
    /// <summary>The day as of which; null = today (Finnish calendar), never later.</summary>
    public DateOnly? AsOf { get; init; }
}

/// <summary>The runs, newest first. <c>GET /log/erasures</c> (sisote-operator, data-protection officer, controller-admin person).</summary>
public sealed record ErasureRuns
{
    /// <summary>The runs.</summary>
    public required ImmutableArray<ErasureRun> Runs { get; init; }
}

/// <summary>
/// A run of erasing. Before it runs, the bundle of what it will erase is taken out: <c>GET /log/erasures/{id}/export</c> (sisote-operator), a bundle as of <c>GET /log/export</c> with
/// the records that will go and, of all others, the leaf alone.
/// </summary>
public sealed record ErasureRun
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The day as of which.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Size of the log when it was prepared: nothing later is erased by it.</summary>
    public required long Size { get; init; }

    /// <summary>When it was prepared.</summary>
    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary><c>prepared</c>, <c>erasing</c> (to be continued where it stands), <c>clearing</c> (erased; the files are not cleared yet), <c>done</c> or <c>given-up</c>.</summary>
    public required string State { get; init; }

    /// <summary>SHA-256 of the bundle that was taken out for it; null while none was.</summary>
    public Digest? Export { get; init; }

    /// <summary>Whether it runs without a bundle, because the operator said so.</summary>
    public required bool WithoutExport { get; init; }

    /// <summary>Records erased so far.</summary>
    public required long Erased { get; init; }
}

/// <summary>Runs, or goes on with, a prepared run. <c>POST /log/erasures/{id}/run</c> (sisote-operator); the answer is a stream of <see cref="ErasureLine"/>, one line of JSON each.</summary>
public sealed record RunErasure
{
    /// <summary>SHA-256 of the bundle as the caller has it.</summary>
    public Digest? Export { get; init; }

    /// <summary>Says expressly that no bundle is wanted. Exactly one of the two is said.</summary>
    public bool WithoutExport { get; init; }
}

/// <summary>How far a run is. The last line has an <see cref="End"/>; without it the run was interrupted and can be gone on with.</summary>
public sealed record ErasureLine
{
    /// <summary>Entries looked at.</summary>
    public required long Read { get; init; }

    /// <summary>Entries to look at.</summary>
    public required long Of { get; init; }

    /// <summary>Records erased by this run so far.</summary>
    public required long Erased { get; init; }

    /// <summary><c>done</c>; <c>not-cleared</c>: all is erased, but bytes of it may stand in the database's files until the run is gone on with; <c>stopped</c>: the run was given up, or its terms no longer hold.</summary>
    public string? End { get; init; }
}
