// The FHIR R4 definitions that masks are compiled against.
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;

namespace Sisote.Gateway.Minimising;

/// <summary>What FHIR R4 itself says about a resource type; from the definitions in the Firely SDK, read once per type.</summary>
internal static class FhirTypes
{
    private static readonly string[] CompartmentFields = ["subject", "patient", "for"];

    /// <summary>The definition of a resource type, or null.</summary>
    internal static ClassMapping? Find(string resourceType) =>
        ModelInfo.ModelInspector.FindClassMapping(resourceType) is { IsResource: true, IsAbstract: not true } mapping ? mapping : null;

    /// <summary>The element that says whose data a resource is; null for Patient itself and for types that have no single one.</summary>
    internal static string? SubjectElement(ClassMapping type) =>
        CompartmentFields.FirstOrDefault(name => type.PropertyMappings.Any(property => property.Name == name && !property.IsCollection && property.FhirType.Contains(typeof(ResourceReference))));

    /// <summary>The JSON names of an element: one, or one for each type of a choice.</summary>
    internal static IEnumerable<(string Name, ClassMapping Type)> JsonNames(PropertyMapping property) => property.Choice == ChoiceType.DatatypeChoice
        ? property.FhirTypeMappings.Where(static type => type is not null).Select(type => (property.Name + char.ToUpperInvariant(type.Name[0]) + type.Name[1..], type))
        : [(property.Name, property.PropertyTypeMapping)];

    /// <summary>The JSON names of all elements of a type.</summary>
    internal static IEnumerable<string> JsonNames(ClassMapping type) => type.PropertyMappings.SelectMany(JsonNames).Select(static pair => pair.Name);

    /// <summary>The definition of a data type.</summary>
    internal static ClassMapping DataType(string name) => ModelInfo.ModelInspector.FindClassMapping(name) ?? throw new InvalidOperationException($"FHIR R4 has no type {name}.");

    /// <summary>The definition of what stands in an element.</summary>
    internal static ClassMapping Below(ClassMapping type, string element) => type.PropertyMappings.Single(property => property.Name == element).PropertyTypeMapping;

    /// <summary>Elements that change the meaning of what they stand in (FHIR R4 2.4.2), by their JSON names.</summary>
    internal static IEnumerable<string> Modifiers(ClassMapping type) => type.PropertyMappings
        .Where(static property => property.IsModifier && property.Name != "modifierExtension")
        .SelectMany(JsonNames).Select(static pair => pair.Name);
}
