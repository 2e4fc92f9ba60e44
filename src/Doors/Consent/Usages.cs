// A client's own log in the words of the Estonian data tracker.
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sisote.Doors.Consent;

/// <summary>
/// Who used the signed-in client's data, newest first. <c>GET /me/findUsage?periodStart=&amp;periodEnd=&amp;offset=&amp;limit=</c> (person token, kind client)
/// </summary>
/// <remarks>Names and order of the findUsage service of Andmejälgija 2.1 (X-Road), with members of our own behind them. The token says whose log it is, so there is no <c>userCode</c>.</remarks>
public sealed record Usages
{
    /// <summary>How many there are in the period.</summary>
    public required int TotalUsages { get; init; }

    /// <summary>Those from <c>offset</c> on, at most <c>limit</c>.</summary>
    [JsonPropertyName("usages")]
    public required ImmutableArray<Usage> Rows { get; init; }
}

/// <summary>One use. Never names a person of the receiving side (703/2023 74 § 2 mom).</summary>
public sealed record Usage
{
    /// <summary>When.</summary>
    public required DateTimeOffset Logtime { get; init; }

    /// <summary>What was done, for people: the purpose, and the data.</summary>
    public required string Action { get; init; }

    /// <summary>Who received, or asked and got nothing: the organisation's code.</summary>
    public required string ReceiverCode { get; init; }

    /// <summary>Its name.</summary>
    public string? ReceiverName { get; init; }

    /// <summary>Its system.</summary>
    public required string ReceiverSystem { get; init; }

    /// <summary>Whose data it was: the organisation's code.</summary>
    public string? SenderCode { get; init; }

    /// <summary>Its name.</summary>
    public string? SenderName { get; init; }

    /// <summary>Statutes and sections.</summary>
    public ImmutableArray<string> Basis { get; init; } = [];

    /// <summary>released, delivered, refused, ...: the code of what became of it.</summary>
    public required string Outcome { get; init; }
}

/// <summary>From when on uses can be asked for. <c>GET /me/usagePeriod</c> (person token, kind client)</summary>
public sealed record UsagePeriod
{
    /// <summary>The oldest entry that the log holds of anybody; now, where it holds none.</summary>
    public required DateTimeOffset PeriodStart { get; init; }
}
