// What must be known of a resource type before its first resource is read.
using System.Collections.Frozen;
using Hl7.Fhir.Introspection;
using Sisote.Policy.Catalogues;

namespace Sisote.Gateway.Minimising;

/// <summary>A resource type that some item of the catalogue knows: where its client stands, which elements decide on items, which change its meaning.</summary>
internal sealed class TypeShape
{
    internal required string Name { get; init; }

    internal required ClassMapping Definition { get; init; }

    /// <summary>The element that names the client; null for Patient.</summary>
    internal required string? SubjectElement { get; init; }

    /// <summary>Coded elements that filters and code bindings look at; a filter on an element of another kind never matches.</summary>
    internal required FrozenSet<string> FilteredElements { get; init; }

    internal required FrozenSet<string> Modifiers { get; init; }

    /// <summary>Whether somebody can be told whose data a resource of the type is; if not, none is ever released.</summary>
    internal bool HasClient => SubjectElement is not null || Name == "Patient";

    internal static TypeShape? For(string resourceType, LegalCatalogue catalogue)
    {
        var selectors = catalogue.Items.Values.SelectMany(static item => item.Selectors).Where(selector => selector.ResourceType == resourceType).ToArray();
        if (selectors.Length == 0 || FhirTypes.Find(resourceType) is not { } definition)
        {
            return null;
        }

        return new TypeShape
        {
            Name = resourceType,
            Definition = definition,
            SubjectElement = resourceType == "Patient" ? null : FhirTypes.SubjectElement(definition),
            FilteredElements = selectors.SelectMany(static selector => selector.Filters).Select(static filter => filter.Path.Split('.')[0]).Append("code")
                .Where(name => definition.PropertyMappings.Any(property => property.Name == name && property.PropertyTypeMapping is { Name: "CodeableConcept" or "Coding" }))
                .ToFrozenSet(),
            Modifiers = FhirTypes.Modifiers(definition).ToFrozenSet(),
        };
    }
}
