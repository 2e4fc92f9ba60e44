// What came back of one call.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Sisote.Client;

/// <summary>An answer, read to its end; or, with a problem of its own, none.</summary>
internal sealed record Reply
{
    private static readonly TimeSpan StandardWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    internal required int Status { get; init; }

    /// <summary>The body; null = none, or no JSON.</summary>
    internal JsonElement? Json { get; init; }

    internal ImmutableArray<Receipt> Receipts { get; init; } = [];

    internal Uri? Location { get; init; }

    internal Uri? Place { get; init; }

    internal string? State { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    internal string? RequestId { get; init; }

    /// <summary>What went wrong before there was an answer of the gateway.</summary>
    internal Problem? Fault { get; init; }

    /// <summary>How long to wait at least: what the gateway says, within an hour.</summary>
    internal TimeSpan After => RetryAfter is { } given ? (given > LongestWait ? LongestWait : given) : StandardWait;

    /// <summary>Whether the same again may succeed.</summary>
    internal bool IsForLater => Status is 0 or 429 or 502 or 503 or 504;

    /// <summary>The problem by its name.</summary>
    internal Problem Problem => Fault ?? (Json is { ValueKind: JsonValueKind.Object } root ? OfOutcome(root) ?? OfProblem(root) : null)
        ?? new Problem(Status, Status is >= 200 and < 300 ? Problem.Unreadable : $"http-{Status.ToString(CultureInfo.InvariantCulture)}", "The answer is not one of the gateway's.", RequestId: RequestId);

    /// <summary>Nobody answered.</summary>
    internal static Reply Unreachable(string text) => new() { Status = 0, Fault = new Problem(0, Problem.Unreachable, text) };

    /// <summary>What came cannot be used.</summary>
    internal Reply Unusable(string text) => this with { Status = 200, Fault = new Problem(Status, Problem.Unreadable, text, RequestId: RequestId) };

    /// <summary>FHIR R4 OperationOutcome.</summary>
    private Problem? OfOutcome(JsonElement root) =>
        root.List("issue").FirstOrDefault() is { ValueKind: JsonValueKind.Object } issue && issue.Member("details") is { } details && details.List("coding").FirstOrDefault() is { ValueKind: JsonValueKind.Object } coding && coding.Text("code") is { } name
            ? new Problem(Status, name, details.Text("text") ?? string.Empty, issue.List("expression").FirstOrDefault() is { ValueKind: JsonValueKind.String } at ? at.GetString() : null, RequestId)
            : null;

    /// <summary>RFC 9457, or an OAuth error (RFC 6749 section 5.2).</summary>
    private Problem? OfProblem(JsonElement root) =>
        root.Text("type") is { } type && type.LastIndexOf('/') is > 0 and var cut ? new Problem(Status, type[(cut + 1)..], root.Text("title") ?? string.Empty, root.Text("field"), RequestId)
        : root.Text("error") is { } error ? new Problem(Status, error, root.Text("error_description") ?? string.Empty, RequestId: RequestId)
        : null;
}
