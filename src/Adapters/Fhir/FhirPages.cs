// The pages of one search.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Fhir;

/// <summary>Takes searchset Bundles in. Whatever could make the answer shorter or longer than the truth is a fault: an entry of another kind, the same id twice, fewer matches than the server counted, a page elsewhere.</summary>
/// <param name="type">The type that was searched.</param>
/// <param name="address">The base of the server.</param>
/// <param name="secret">What must not stand in the address of a page.</param>
internal sealed class FhirPages(string type, Uri address, string? secret)
{
    private readonly Dictionary<string, JsonObject> found = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private long? total;

    /// <summary>How many pages were taken.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a page; gives the address of the next one, or null at the end.</summary>
    public Uri? Take(JsonObject bundle)
    {
        if (FhirJson.Text(bundle, "resourceType") != "Bundle" || FhirJson.Text(bundle, "type") != "searchset" || bundle["entry"] is not (null or JsonArray))
        {
            throw FhirJson.Unreadable("no searchset");
        }

        Count++;
        total = bundle["total"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var counted) ? Math.Max(total ?? 0, counted) : total;
        foreach (var entry in bundle["entry"] as JsonArray ?? [])
        {
            TakeEntry(entry as JsonObject);
        }

        return NextOf(bundle);
    }

    /// <summary>All matches.</summary>
    public ImmutableArray<JsonObject> Found() => total > found.Count ? throw FhirJson.Unreadable("fewer matches than the server counted") : [.. found.Values];

    private void TakeEntry(JsonObject? entry)
    {
        var resource = entry?["resource"] as JsonObject ?? throw FhirJson.Unreadable("an entry without a resource");
        var mode = FhirJson.Text(entry?["search"], "mode") ?? "match";
        if (mode == "outcome" && FhirJson.Text(resource, "resourceType") == "OperationOutcome")
        {
            if (FhirJson.Objects(resource, "issue").Any(static issue => FhirJson.Text(issue, "severity") is not ("information" or "warning")))
            {
                throw FhirJson.Unreadable("a search that failed in part");
            }

            return;
        }

        if (mode == "include")
        {
            return; // nothing was asked to be included
        }

        if (mode != "match" || FhirJson.Text(resource, "resourceType") != type || FhirJson.Text(resource, "id") is not { } id || !FhirIds.IsUpstream(id) || !found.TryAdd(id, resource))
        {
            throw FhirJson.Unreadable("an entry that was not asked for, or one twice");
        }
    }

    /// <summary>A page is an address below the base, not seen before, and tells nobody's identity.</summary>
    private Uri? NextOf(JsonObject bundle)
    {
        var links = FhirJson.Objects(bundle, "link").Where(static link => FhirJson.Text(link, "relation") == "next").ToList();
        if (links.Count == 0)
        {
            return null;
        }

        return links is [var only] && Uri.TryCreate(address, FhirJson.Text(only, "url"), out var next) && next.UserInfo.Length == 0
            && Uri.Compare(next, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            && (next.AbsolutePath + "/").StartsWith(address.AbsolutePath, StringComparison.Ordinal)
            && (secret is null || !Uri.UnescapeDataString(next.AbsoluteUri).Contains(secret, StringComparison.OrdinalIgnoreCase))
            && seen.Add(next.AbsoluteUri)
            ? next
            : throw FhirJson.Unreadable("a page where none can be");
    }
}
