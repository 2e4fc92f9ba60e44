// The record's memory.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Sisote.Simulators.Storage;

namespace Sisote.Simulators.Fhir;

/// <summary>A resource as it stood after a write.</summary>
internal sealed record FhirEvent(JsonObject Resource);

/// <summary>What came of a write.</summary>
/// <param name="Status">As HTTP says it.</param>
/// <param name="Resource">The resource as it stands now, where there is one.</param>
internal sealed record FhirWrite(int Status, JsonObject? Resource);

/// <summary>Resources by type and id with their versions; every write is on disk before it is answered.</summary>
internal sealed class FhirStore : IDisposable
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, JsonObject> resources = [];
    private readonly FileJournal<FhirEvent> journal;
    private readonly TimeProvider clock;

    /// <summary>Opens the store kept in a file.</summary>
    public FhirStore(string path, TimeProvider clock)
    {
        this.clock = clock;
        journal = new FileJournal<FhirEvent>(path, happened => resources[PlaceOf(happened.Resource)] = happened.Resource);
    }

    /// <summary>Whether nothing was ever written.</summary>
    public bool IsEmpty => resources.Count == 0;

    /// <summary>One resource, or null.</summary>
    public JsonObject? Find(string type, string id)
    {
        lock (gate)
        {
            return (JsonObject?)resources.GetValueOrDefault($"{type}/{id}")?.DeepClone();
        }
    }

    /// <summary>The resources of a type that a search wants.</summary>
    public ImmutableArray<JsonObject> Search(string type, FhirSearch search)
    {
        lock (gate)
        {
            return [.. resources.Values.Where(resource => (string?)resource["resourceType"] == type && search.Accepts(resource)).Select(static resource => (JsonObject)resource.DeepClone())];
        }
    }

    /// <summary>Writes a resource under its own id.</summary>
    public JsonObject Put(JsonObject resource)
    {
        lock (gate)
        {
            return Write(resource, (string)resource["id"]!);
        }
    }

    /// <summary>Replaces a resource if it still has the version that the writer knows.</summary>
    public FhirWrite Update(string type, string id, JsonObject resource, string? version)
    {
        lock (gate)
        {
            return resources.GetValueOrDefault($"{type}/{id}") is not { } now ? new FhirWrite(404, null)
                : version is not null && version != (string?)now["meta"]!["versionId"] ? new FhirWrite(412, null)
                : (string?)resource["resourceType"] != type || (string?)resource["id"] != id ? new FhirWrite(400, null)
                : new FhirWrite(200, Write(resource, id));
        }
    }

    /// <summary>Writes new resources, all or none; one that its condition finds already is not written again.</summary>
    public ImmutableArray<FhirWrite> Create(IReadOnlyList<(string? FullUrl, JsonObject Resource, FhirSearch? Condition)> entries)
    {
        lock (gate)
        {
            var standing = entries.Select(entry => entry.Condition is null ? [] : Search((string)entry.Resource["resourceType"]!, entry.Condition)).ToList();
            if (standing.Any(static found => found.Length > 1))
            {
                return [new FhirWrite(412, null)];
            }

            var ids = standing.Select(static found => found is [var only] ? (string)only["id"]! : Guid.CreateVersion7().ToString()).ToList();
            var names = entries.Select((entry, place) => (entry.FullUrl, Place: $"{(string?)entry.Resource["resourceType"]}/{ids[place]}")).Where(static pair => pair.FullUrl is not null).ToDictionary(static pair => pair.FullUrl!, static pair => pair.Place);
            return [.. entries.Select((entry, place) => standing[place] is [var only] ? new FhirWrite(200, only) : new FhirWrite(201, Write(Linked(entry.Resource, names), ids[place])))];
        }
    }

    /// <inheritdoc />
    public void Dispose() => journal.Dispose();

    private JsonObject Write(JsonObject resource, string id)
    {
        var kept = (JsonObject)resource.DeepClone();
        var place = $"{(string?)kept["resourceType"]}/{id}";
        var version = resources.GetValueOrDefault(place)?["meta"]?["versionId"] is { } before ? int.Parse((string)before!, CultureInfo.InvariantCulture) + 1 : 1;
        kept["id"] = id;
        var meta = kept["meta"] as JsonObject ?? [];
        (meta["versionId"], meta["lastUpdated"]) = (version.ToString(CultureInfo.InvariantCulture), clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffK", CultureInfo.InvariantCulture));
        kept["meta"] = meta.DeepClone();
        journal.Append(new FhirEvent(kept));
        resources[place] = kept;
        return (JsonObject)kept.DeepClone();
    }

    private static JsonObject Linked(JsonObject resource, Dictionary<string, string> names)
    {
        var text = resource.ToJsonString();
        return JsonNode.Parse(names.Aggregate(text, static (so, name) => so.Replace($"\"{name.Key}\"", $"\"{name.Value}\"", StringComparison.Ordinal)))!.AsObject();
    }

    private static string PlaceOf(JsonObject resource) => $"{(string?)resource["resourceType"]}/{(string?)resource["id"]}";
}
