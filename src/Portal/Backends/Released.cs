// What the gateway gave, with the proof that it was recorded.
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sisote.Portal.Backends;

/// <summary>A FHIR body that came through the gateway.</summary>
/// <param name="Body">The resource or bundle.</param>
/// <param name="Receipt">The receipt of the log entry, as the gateway's header states it.</param>
/// <param name="CorrelationId">The call's id in the log.</param>
/// <param name="Location">Where a created resource stands.</param>
internal sealed record Released(JsonObject Body, string? Receipt, string? CorrelationId, string? Location)
{
    /// <summary>The id of a sent entry that waits at the gateway; null where it arrived.</summary>
    public string? Waiting { get; init; }

    /// <summary>The pages that followed; each is a disclosure of its own.</summary>
    public ImmutableArray<Released> Later { get; init; } = [];

    /// <summary>The receipts of all pages; those of a page about more than one client stand in its bundle.</summary>
    public IEnumerable<string> Receipts => new[] { Receipt }.OfType<string>().Concat(InBundle).Concat(Later.SelectMany(static page => page.Receipts));

    /// <summary>The resources: those of a bundle and of the pages that followed it, or the one that came.</summary>
    public IEnumerable<JsonObject> Resources => Body["resourceType"]?.ToString() == "Bundle"
        ? Entries.Where(static resource => !IsOutcome(resource)).Concat(Later.SelectMany(static page => page.Resources))
        : [Body];

    private IEnumerable<JsonObject> Entries => (Body["entry"] as JsonArray ?? []).Select(static entry => entry?["resource"]).OfType<JsonObject>();

    private IEnumerable<string> InBundle => Entries.Where(IsOutcome).SelectMany(static outcome => outcome["issue"] as JsonArray ?? []).Select(static issue => issue?["diagnostics"]?.ToString()).OfType<string>();

    /// <summary>The question of the next page, as the gateway put it; null on the last page. Only the question is taken: no answer says where the portal calls.</summary>
    public string? NextQuestion => (Body["link"] as JsonArray ?? [])
        .Where(static link => link?["relation"]?.ToString() == "next")
        .Select(static link => Uri.TryCreate(link?["url"]?.ToString(), UriKind.Absolute, out var address) ? address.Query : null)
        .FirstOrDefault();

    private static bool IsOutcome(JsonObject resource) => resource["resourceType"]?.ToString() == "OperationOutcome";
}
