// What the gateway gave, with the proof that it was recorded.
using System.Text.Json.Nodes;

namespace Sisote.Portal.Backends;

/// <summary>A FHIR body that came through the gateway.</summary>
/// <param name="Body">The resource or bundle.</param>
/// <param name="Receipt">The receipt of the log entry, as the gateway's header states it.</param>
/// <param name="CorrelationId">The call's id in the log.</param>
/// <param name="Location">Where a created resource stands.</param>
internal sealed record Released(JsonObject Body, string? Receipt, string? CorrelationId, string? Location)
{
    /// <summary>The resources: those of a bundle, or the one that came.</summary>
    public IEnumerable<JsonObject> Resources => Body["resourceType"]?.ToString() == "Bundle"
        ? (Body["entry"] as JsonArray ?? []).Select(static entry => entry?["resource"]).OfType<JsonObject>()
        : [Body];
}
