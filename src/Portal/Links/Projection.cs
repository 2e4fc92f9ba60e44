// Cuts a resource of the sender's own register down to one item.
using System.Text.Json.Nodes;
using Sisote.Policy.Catalogues;
using Sisote.Portal.Visits;

namespace Sisote.Portal.Links;

/// <summary>
/// The gateway minimises what it gives to the sender's own role; the recipient's items are fewer. Here a resource is written anew with the elements that the catalogue names for one item, and nothing else:
/// no id, no identifier, no reference, no extension, no narrative.
/// </summary>
internal static class Projection
{
    private static readonly string[] Never = ["id", "identifier", "reference", "contained", "extension", "modifierExtension"];

    /// <summary>What of the resource is the item; null where it carries nothing of it.</summary>
    public static JsonObject? Cut(JsonObject resource, FhirSelector selector)
    {
        if (resource.Type() != selector.ResourceType || !selector.Filters.All(filter => Carries(resource, filter)))
        {
            return null;
        }

        var cut = Cut(resource, [.. selector.Elements.Select(static path => path.Split('.'))]);
        if (cut.Count == 0)
        {
            return null;
        }

        cut["resourceType"] = selector.ResourceType;
        return cut;
    }

    private static JsonObject Cut(JsonObject source, IReadOnlyList<string[]> paths)
    {
        var cut = new JsonObject();
        foreach (var (name, value) in source)
        {
            var below = paths.Where(path => path[0] == name).ToList();
            if (below.Count == 0 || Never.Contains(name) || value is null)
            {
                continue;
            }

            IReadOnlyList<string[]>? rest = below.Exists(static path => path.Length == 1) ? null : [.. below.Select(static path => path[1..])];
            if (Copy(value, rest) is { } kept)
            {
                cut[name] = kept;
            }
        }

        return cut;
    }

    /// <summary>A copy less what never goes; with paths, only what they name.</summary>
    private static JsonNode? Copy(JsonNode value, IReadOnlyList<string[]>? paths) => value switch
    {
        JsonArray many => Whole([.. many.OfType<JsonNode>().Select(one => Copy(one, paths)).OfType<JsonNode>()]),
        JsonObject one => Whole(paths is null ? Everything(one) : Cut(one, paths)),
        _ => paths is null ? value.DeepClone() : null,
    };

    private static JsonObject Everything(JsonObject one) =>
        new(one.Where(static pair => pair.Value is not null && !Never.Contains(pair.Key)).Select(static pair => KeyValuePair.Create(pair.Key, Copy(pair.Value!, null))).Where(static pair => pair.Value is not null));

    private static JsonArray? Whole(JsonArray many) => many.Count > 0 ? many : null;

    private static JsonObject? Whole(JsonObject one) => one.Count > 0 ? one : null;

    private static bool Carries(JsonObject resource, FhirFilter filter) =>
        filter.Path.Split('.').Aggregate<string, IEnumerable<JsonNode?>>([resource], static (nodes, name) => nodes.SelectMany(Each).Select(node => (node as JsonObject)?[name]))
            .SelectMany(Each).OfType<JsonObject>()
            .SelectMany(static concept => concept["coding"] is JsonArray codings ? codings.OfType<JsonObject>() : [concept])
            .Any(coding => coding["system"].Text() == filter.System && filter.Codes.Contains(coding["code"].Text() ?? string.Empty));

    private static IEnumerable<JsonNode?> Each(JsonNode? node) => node is JsonArray many ? many.AsEnumerable() : Enumerable.Repeat(node, 1);
}
