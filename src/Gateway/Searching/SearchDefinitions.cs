// The search parameters that FHIR R4 defines.
using Hl7.Fhir.Model;

namespace Sisote.Gateway.Searching;

/// <summary>A search parameter as FHIR R4 defines it for one resource type.</summary>
/// <param name="Name">Its name in a search.</param>
/// <param name="Kind">How its values are compared.</param>
/// <param name="Expressions">What it reads, each a FHIRPath from the type.</param>
/// <param name="CanFindClient">Whether a reference that it reads may point to a Patient.</param>
internal sealed record SearchDefinition(string Name, SearchParamType Kind, IReadOnlyList<string> Expressions, bool CanFindClient = false);

/// <summary>Reads the definitions of FHIR R4 from the Firely SDK.</summary>
internal static class SearchDefinitions
{
    // FHIR R4 3.1.1.4: the parameters of every resource, which the package does not list.
    private static readonly SearchDefinition[] OfEveryType =
    [
        new("_id", SearchParamType.Token, ["Resource.id"]),
        new("_lastUpdated", SearchParamType.Date, ["Resource.meta.lastUpdated"]),
        new("_profile", SearchParamType.Uri, ["Resource.meta.profile"]),
        new("_security", SearchParamType.Token, ["Resource.meta.security"]),
        new("_source", SearchParamType.Uri, ["Resource.meta.source"]),
        new("_tag", SearchParamType.Token, ["Resource.meta.tag"]),
    ];

    /// <summary>All parameters of a type, each with those of its expressions that read that type.</summary>
    internal static IEnumerable<SearchDefinition> Of(string type) => OfEveryType.Concat(
        from definition in ModelInfo.SearchParameters
        where definition.Resource == type
        let expressions = (definition.Expression ?? string.Empty).Split('|', StringSplitOptions.TrimEntries).Where(expression => Reads(expression, type)).ToArray()
        where expressions.Length > 0
        select new SearchDefinition(definition.Name ?? string.Empty, definition.Type, expressions, definition.Target?.Contains(VersionIndependentResourceTypesAll.Patient) == true))
        .DistinctBy(static definition => definition.Name);

    private static bool Reads(string expression, string type) =>
        expression.TrimStart('(') is var path && path.StartsWith(type, StringComparison.Ordinal) && (path.Length == type.Length || path[type.Length] == '.');
}
