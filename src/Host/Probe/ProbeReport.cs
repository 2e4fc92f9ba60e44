// What a probe of a connected system found.
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sisote.Host.Probe;

/// <summary>How a check of a probe came out.</summary>
[JsonConverter(typeof(ProbeVerdictConverter))]
internal enum ProbeVerdict
{
    /// <summary>As the contract says.</summary>
    Pass,

    /// <summary>Not as the contract says.</summary>
    Fail,

    /// <summary>There was nothing to look at, or it was not asked for.</summary>
    NotTried,
}

/// <summary>Writes verdicts as <c>pass</c>, <c>fail</c> and <c>not-tried</c>.</summary>
internal sealed class ProbeVerdictConverter() : JsonStringEnumConverter<ProbeVerdict>(System.Text.Json.JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

/// <summary>One check.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Subject">The resource type, or <c>system</c>.</param>
/// <param name="Verdict">How it came out.</param>
/// <param name="Found">In one line, without anybody's data.</param>
internal sealed record ProbeCheck(string Name, string Subject, ProbeVerdict Verdict, string Found);

/// <summary>The whole report. It names no client and holds nothing of what was read.</summary>
internal sealed record ProbeReport
{
    /// <summary>Format of the report.</summary>
    public const string Current = "sisote-probe/1";

    /// <summary>Format of this report.</summary>
    public required string Format { get; init; }

    /// <summary>The system that was probed.</summary>
    public required string System { get; init; }

    /// <summary>Its adapter's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The installation, by its gateway's address.</summary>
    public required string Installation { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether an entry was written.</summary>
    public required bool Wrote { get; init; }

    /// <summary>Whether something of the client was read and no check failed.</summary>
    public required bool Passed { get; init; }

    /// <summary>The checks in their order.</summary>
    public required ImmutableArray<ProbeCheck> Checks { get; init; }
}
