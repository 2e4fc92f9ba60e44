// Texts to begin a mutation with.
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Sisote.Gateway.Minimising;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Gateway.Minimising;

/// <summary>Resources of a type: outside ones made to meet some item, so that what is in them can leave, and generated ones.</summary>
internal static class Seeds
{
    private const int LongestSeed = 6000;

    private static readonly ItemMasks Masks = new(GatewayWorld.Catalogue);
    private static readonly Lazy<ILookup<string, byte[]>> Outside = new(static () =>
        Corpora.Folders.SelectMany(Corpora.Read).Where(static found => found.Text.Length <= LongestSeed).ToLookup(static found => found.Type, static found => found.Text));

    private static readonly ConcurrentDictionary<string, byte[][]> All = new(StringComparer.Ordinal);

    /// <summary>The seeds of a type.</summary>
    internal static IReadOnlyList<byte[]> Of(string type) => All.GetOrAdd(type, static name =>
        [.. Outside.Value[name].Take(40).SelectMany(static text => new[] { text, Fitted(text) }), .. Made(name)]);

    /// <summary>The codings that the items of a type ask for, by path.</summary>
    internal static (string Path, string System, string Code)[] Accepted(string type) =>
    [
        .. Masks.SelectorsFor(type).SelectMany(static pair => pair.Selector.Filters).SelectMany(static filter => filter.Codes.Select(code => (filter.Path, filter.System, code))),
        .. Masks.SelectorsFor(type).Select(static pair => pair.Selector.CodeBinding).OfType<string>().Select(static list => GatewayWorld.Catalogue.CodeLists[list]).SelectMany(static list => list.Codes.Keys.Select(code => ("code", list.System, code))),
    ];

    /// <summary>An outside resource with the codings of some item and the client's identifier.</summary>
    private static byte[] Fitted(byte[] text)
    {
        var resource = (JsonObject)JsonNode.Parse(text)!;
        var shape = Masks.ShapeOf((string)resource["resourceType"]!)!;
        foreach (var (path, system, code) in Accepted(shape.Name).Where(static coding => !coding.Path.StartsWith("meta", StringComparison.Ordinal)).DistinctBy(static coding => coding.Path))
        {
            var concept = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code, ["display"] = "words" }), ["text"] = "words" };
            resource[path] = shape.Definition.PropertyMappings.Any(property => property.Name == path && property.IsCollection) ? new JsonArray(concept) : concept;
        }

        if (shape.SubjectElement is { } subject && resource[subject] is JsonObject reference)
        {
            reference["identifier"] = new JsonObject { ["system"] = "urn:oid:1.2.246.21", ["value"] = Some.Aino };
        }

        return Encoding.UTF8.GetBytes(resource.ToJsonString());
    }

    private static IEnumerable<byte[]> Made(string type) =>
        ResourceGenerator.Resources(Masks.ShapeOf(type)!, Accepted(type)).Array[20].Single(static _ => true, "aSjevmYGKg02").Select(static resource => Encoding.UTF8.GetBytes(resource.ToJsonString()));
}
