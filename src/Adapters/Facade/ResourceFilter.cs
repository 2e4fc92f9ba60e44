// Applies a query's filters to resources of any type.
using System.Collections;
using System.Collections.Immutable;
using Hl7.Fhir.Model;

namespace Sisote.Adapters.Facade;

/// <summary>Whether a resource is one that a query asked for. A filter on an element that the resource lacks lets nothing through.</summary>
internal static class ResourceFilter
{
    /// <summary>True where every filter of the query accepts the resource.</summary>
    public static bool Accepts(this FacadeQuery query, Resource resource) =>
        resource.TypeName == query.Type
        && HasAny(resource, "category", query.Categories)
        && HasAny(resource, "code", query.Codes)
        && (query.Statuses.IsEmpty || ReadStatus(resource) is { } status && query.Statuses.Contains(status));

    private static bool HasAny(Resource resource, string element, ImmutableArray<Token> wanted) =>
        wanted.IsEmpty || Codings(resource, element).Any(coding => wanted.Contains(new Token(coding.System ?? string.Empty, coding.Code ?? string.Empty)));

    private static IEnumerable<Coding> Codings(Resource resource, string element)
    {
        if (!resource.TryGetValue(element, out var value))
        {
            return [];
        }

        var values = value is IEnumerable list and not Base ? list.Cast<object>() : [value];
        return values.SelectMany(static one => one switch
        {
            CodeableConcept concept => concept.Coding,
            Coding coding => [coding],
            _ => [],
        });
    }

    private static string? ReadStatus(Resource resource)
    {
        var element = resource is Goal ? "lifecycleStatus" : "status";
        return resource.TryGetValue(element, out var value) && value is PrimitiveType status ? status.JsonValue as string : null;
    }
}
