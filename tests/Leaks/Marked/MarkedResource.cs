// One marked resource as a source holds it, and what of it the items let go.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Sisote.Policy.Catalogues;
using Sisote.Policy.Ids;
using Sisote.Tests.Gateway.Minimising;
using Sisote.Tests.Gateway.World;

namespace Sisote.Tests.Leaks.Marked;

/// <summary>A resource with marks in all its elements.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its id at the source.</param>
/// <param name="Text">Its text, with <see cref="Client"/> where the client's identifier stands.</param>
/// <param name="Why">Why it must stay whole, whatever is permitted; null = it may go as far as its items go.</param>
internal sealed record MarkedResource(string Type, string Id, string Text, string? Why)
{
    /// <summary>Stands in for the client's national identifier.</summary>
    internal const string Client = "CLIENT-HETU";

    private readonly ConcurrentDictionary<string, JsonObject?> kept = new(StringComparer.Ordinal);
    private readonly Lazy<Resource?> parsed = new(() => Parse(Text));
    private readonly Lazy<ImmutableArray<(DataItemId Item, string Key, FhirSelector Selector)>> carried = new(() => FindCarried(JsonNode.Parse(Text)!, Type));

    /// <summary>The resource about one client.</summary>
    internal string About(string hetu) => Text.Replace(Client, hetu, StringComparison.Ordinal);

    /// <summary>
    /// What may leave where these items are permitted less the masked elements, by the slow reference, which knows nothing of the gateway's masks; null = nothing.
    /// </summary>
    internal JsonObject? MayLeave(IReadOnlyDictionary<DataItemId, ImmutableArray<string>> permitted)
    {
        var selectors = carried.Value.Where(one => permitted.ContainsKey(one.Item)).ToArray();
        var masked = permitted.Values.SelectMany(static paths => paths).Where(path => path.StartsWith(Type + ".", StringComparison.Ordinal)).Select(path => path[(Type.Length + 1)..]).Distinct().Order(StringComparer.Ordinal).ToArray();
        return Why is not null || selectors.Length == 0
            ? null
            : kept.GetOrAdd(string.Join(' ', selectors.Select(static pair => pair.Key).Concat(masked)), _ => Minimise([.. selectors.Select(static pair => pair.Selector)], masked));
    }

    private JsonObject? Minimise(FhirSelector[] selectors, string[] masked)
    {
        if (parsed.Value is not { } resource || new Oracle(selectors, GatewayWorld.Catalogue).Minimise(resource) is not { } left)
        {
            return null;
        }

        foreach (var path in masked)
        {
            left.Remove(path); // masks of the catalogue name elements of the root
        }

        return left;
    }

    private static ImmutableArray<(DataItemId, string, FhirSelector)> FindCarried(JsonNode resource, string type) =>
    [
        .. from item in GatewayWorld.Catalogue.Items.Values.OrderBy(static item => item.Id.Value, StringComparer.Ordinal)
           from pair in item.Selectors.Select((selector, place) => (Key: $"{item.Id}/{place}", Selector: selector))
           where pair.Selector.ResourceType == type && Meets(resource, pair.Selector)
           select (item.Id, pair.Key, pair.Selector),
    ];

    /// <summary>Whether a resource carries the item of a selector: every filter met, the code in the closed list.</summary>
    private static bool Meets(JsonNode resource, FhirSelector selector) =>
        selector.Filters.All(filter => Codings(resource, filter.Path).Any(coding => coding.System == filter.System && filter.Codes.Contains(coding.Code)))
            && (selector.CodeBinding is not { } list || Codings(resource, "code").Any(coding => coding.System == GatewayWorld.Catalogue.CodeLists[list].System && GatewayWorld.Catalogue.CodeLists[list].Codes.ContainsKey(coding.Code)));

    private static IEnumerable<(string System, string Code)> Codings(JsonNode resource, string path)
    {
        IEnumerable<JsonNode?> nodes = [resource];
        foreach (var step in path.Split('.'))
        {
            nodes = nodes.SelectMany(node => node?[step] is JsonArray many ? many.ToArray() : [node?[step]]);
        }

        return nodes.SelectMany(static node => node?["coding"] is JsonArray codings ? codings.ToArray() : [node]).OfType<JsonObject>()
            .Select(static coding => ((string?)coding["system"] ?? string.Empty, (string?)coding["code"] ?? string.Empty));
    }

    private static Resource? Parse(string text)
    {
        try
        {
            return new FhirJsonDeserializer().DeserializeResource(text);
        }
        catch (DeserializationFailedException fault)
        {
            return fault.PartialResult as Resource ?? throw new InvalidOperationException($"No FHIR: {fault.Message}");
        }
    }
}
