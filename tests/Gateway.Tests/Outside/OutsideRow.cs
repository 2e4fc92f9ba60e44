// One row of outside test data, tried at our doors.
using System.Text.Json.Nodes;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>What the row's authors expect, what our gateway answered, and why it differs where it does.</summary>
/// <param name="Id">The row's name in the data.</param>
/// <param name="Route">How it was asked here.</param>
/// <param name="Expected">What its authors expect.</param>
/// <param name="Got">What came.</param>
/// <param name="Holds">Whether the expectation holds.</param>
/// <param name="Reason">Why not, where it does not; null = nobody has explained it.</param>
internal sealed record OutsideRow(string Id, string Route, string Expected, string Got, bool Holds, string? Reason)
{
    /// <summary>The row as the page shows it.</summary>
    internal string Line => $"| {Cell(Id)} | {Cell(Route)} | {Cell(Expected)} | {Cell(Got)} | {(Holds ? "holds" : Cell(Reason ?? "?"))} |";

    /// <summary>Status and, of a refusal, its slug.</summary>
    internal static string Show(RawAnswer answer) => SlugOf(answer) is { } slug ? $"{answer.Status} {slug}" : $"{answer.Status}";

    /// <summary>The slug of a refusal; null = it is none.</summary>
    internal static string? SlugOf(RawAnswer answer) =>
        answer.Body.Length > 0 && JsonNode.Parse(answer.Body) is JsonObject body && (string?)body["resourceType"] == "OperationOutcome" ? (string?)body["issue"]?[0]?["details"]?["coding"]?[0]?["code"] : null;

    /// <summary>Resources of a searchset, or the resource of a read; nothing of a refusal.</summary>
    internal static IReadOnlyList<JsonObject> Released(RawAnswer answer) => answer.Status != 200 || JsonNode.Parse(answer.Body) is not JsonObject body ? []
        : (string?)body["resourceType"] != "Bundle" ? [body]
        : body["entry"] is not JsonArray entries ? []
        : [.. entries.Select(static entry => entry!["resource"]!.AsObject()).Where(static resource => (string?)resource["resourceType"] != "OperationOutcome")];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
