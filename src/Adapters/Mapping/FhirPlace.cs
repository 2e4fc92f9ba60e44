// An element of FHIR R4, found by its path in JSON.
using System.Collections.Immutable;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Hl7.Fhir.Utility;

namespace Sisote.Adapters.Mapping;

/// <summary>What can stand in an element that a mapping names.</summary>
internal enum PlaceKind
{
    /// <summary>Text of any shape.</summary>
    Text,

    /// <summary>A code of FHIR's own: only by table or constant.</summary>
    Code,

    /// <summary>A concept of a code system: only by table or constant.</summary>
    Concept,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day or a moment.</summary>
    DateTime,

    /// <summary>A moment.</summary>
    Instant,

    /// <summary>An object: only by groups of what stands in it.</summary>
    Object,
}

/// <summary>An element below a resource or below another element.</summary>
/// <param name="Path">Path by JSON names, <c>occurrencePeriod.start</c>.</param>
/// <param name="Steps">Name and repetition of each step.</param>
/// <param name="Type">Definition of what stands there.</param>
/// <param name="Kind">What can stand there.</param>
/// <param name="Codes">The type of FHIR's own codes, where they are closed.</param>
internal sealed record FhirPlace(string Path, ImmutableArray<(string Name, bool Repeats)> Steps, ClassMapping Type, PlaceKind Kind, Type? Codes)
{
    /// <summary>Whether the last step repeats.</summary>
    public bool Repeats => Steps[^1].Repeats;

    /// <summary>The definition of a resource type that can be mapped, or null.</summary>
    public static ClassMapping? FindResource(string type) => ModelInfo.ModelInspector.FindClassMapping(type) is { IsResource: true, IsAbstract: not true } mapping ? mapping : null;

    /// <summary>The element, or null where FHIR R4 has none of this path.</summary>
    public static FhirPlace? Find(ClassMapping root, string path)
    {
        var (type, steps, codes) = (root, ImmutableArray.CreateBuilder<(string, bool)>(), (Type?)null);
        foreach (var name in path.Split('.'))
        {
            if (Step(type, name) is not var (property, below))
            {
                return null;
            }

            steps.Add((name, property.IsCollection));
            (type, codes) = (below, below.EnumType ?? property.ImplementingType.GenericTypeArguments.FirstOrDefault(static argument => argument.IsEnum));
        }

        return new FhirPlace(path, steps.ToImmutable(), type, KindOf(type), codes);
    }

    /// <summary>The names that FHIR demands in a type.</summary>
    public static IEnumerable<string> Mandatory(ClassMapping type) =>
        type.PropertyMappings.Where(static property => property.IsMandatoryElement && property.Choice != ChoiceType.DatatypeChoice).Select(static property => property.Name);

    /// <summary>The name of the element that says whose a resource is; null for Patient itself and for types that have no single one.</summary>
    public static string? SubjectOf(ClassMapping type) => new[] { "subject", "patient", "for" }.FirstOrDefault(name => type.PropertyMappings.Any(property => property.Name == name && !property.IsCollection));

    /// <summary>Whether a code can stand here.</summary>
    public bool Knows(string code) => Codes is null || EnumUtility.ParseLiteral(code, Codes) is not null;

    private static (PropertyMapping Property, ClassMapping Below)? Step(ClassMapping type, string name)
    {
        foreach (var property in type.PropertyMappings)
        {
            if (property.Choice == ChoiceType.DatatypeChoice)
            {
                var chosen = property.FhirTypeMappings.FirstOrDefault(one => one is not null && property.Name + char.ToUpperInvariant(one.Name[0]) + one.Name[1..] == name);
                if (chosen is not null)
                {
                    return (property, chosen);
                }
            }
            else if (property.Name == name)
            {
                return (property, property.PropertyTypeMapping);
            }
        }

        return null;
    }

    private static PlaceKind KindOf(ClassMapping type) => type.Name switch
    {
        "CodeableConcept" or "Coding" => PlaceKind.Concept,
        "boolean" => PlaceKind.Boolean,
        "integer" or "positiveInt" or "unsignedInt" => PlaceKind.Integer,
        "decimal" => PlaceKind.Number,
        "date" => PlaceKind.Date,
        "dateTime" => PlaceKind.DateTime,
        "instant" => PlaceKind.Instant,
        "string" or "markdown" or "uri" or "url" or "canonical" or "id" => PlaceKind.Text,
        _ when type.IsFhirPrimitive => type.Name == "code" || type.NativeType.IsGenericType ? PlaceKind.Code : PlaceKind.Text,
        _ => PlaceKind.Object,
    };
}
