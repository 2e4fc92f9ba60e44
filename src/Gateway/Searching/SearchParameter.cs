// A search parameter that a recipient may use.
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Hl7.Fhir.Model;

namespace Sisote.Gateway.Searching;

/// <summary>A parameter with those of its elements that can leave for this recipient. It is only ever held against what leaves, never against what a source holds.</summary>
internal sealed record SearchParameter(string Name, SearchParamType Kind, ImmutableArray<SearchElement> Elements)
{
    private static readonly FrozenDictionary<SearchParamType, FrozenSet<string>> Readable = new Dictionary<SearchParamType, FrozenSet<string>>
    {
        [SearchParamType.Token] = FrozenSet.Create("CodeableConcept", "Coding", "Identifier", "ContactPoint", "code", "boolean", "id", "string", "uri"),
        [SearchParamType.Date] = FrozenSet.Create("date", "dateTime", "instant", "Period"),
        [SearchParamType.String] = FrozenSet.Create("string", "markdown", "HumanName", "Address"),
        [SearchParamType.Number] = FrozenSet.Create("decimal", "integer", "positiveInt", "unsignedInt"),
        [SearchParamType.Quantity] = FrozenSet.Create("Quantity", "SimpleQuantity", "Age", "Count", "Distance", "Duration", "MoneyQuantity"),
        [SearchParamType.Reference] = FrozenSet.Create("Reference", "canonical", "uri"),
        [SearchParamType.Uri] = FrozenSet.Create("uri", "url", "canonical", "oid", "uuid"),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> WithSystem = FrozenSet.Create("CodeableConcept", "Coding", "Identifier");

    /// <summary>Whether some of its codes have systems; if none has, a system in a question could only ever find nothing.</summary>
    internal bool HasSystems => Elements.Any(static element => WithSystem.Contains(element.Type));

    /// <summary>Whether what leaves can be put in an order by it.</summary>
    internal bool CanSort => Kind != SearchParamType.Reference;

    /// <summary>Whether values of a FHIR type can be compared in the way of this kind.</summary>
    internal static bool CanRead(SearchParamType kind, string type) => Readable.TryGetValue(kind, out var types) && types.Contains(type);

    /// <summary>The values in a resource as it leaves.</summary>
    internal IEnumerable<FoundValue> ValuesIn(JsonElement resource) => Elements.SelectMany(element => element.In(resource));
}
