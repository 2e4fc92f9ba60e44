// Makes resources of a type in which every element that FHIR R4 defines stands, each with its own mark.
using System.Text.Json.Nodes;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Utility;

namespace Sisote.Tests.Leaks.Marked;

/// <summary>
/// Walks the FHIR R4 definition of a type and fills it: narrative, contained resources, extensions, identifiers, references, displays, notes, the extensions and ids of primitives.
/// An element with a choice of types holds another of them in every variant.
/// </summary>
internal sealed class ResourceMaker(ClassMapping type, int variant)
{
    private const int Deepest = 4;

    /// <summary>How many variants show every choice of every element once.</summary>
    internal static int VariantsOf(ClassMapping type) => Choices(type, 0, []).DefaultIfEmpty(1).Max();

    internal JsonObject Make()
    {
        var made = new JsonObject { ["resourceType"] = type.Name };
        foreach (var (name, value) in MakeObject(type, type.Name, 0).ToArray())
        {
            made[name] = value?.DeepClone();
        }

        made["meta"] = JsonNode.Parse($$"""
            {"id":"{{Mark("meta.id")}}","versionId":"{{Mark("meta.versionId")}}","lastUpdated":"{{Marks.Day($"{type.Name}.meta.lastUpdated")}}T00:00:00Z","source":"urn:{{Mark("meta.source")}}","profile":["urn:{{Mark("meta.profile")}}"],
             "security":[{"system":"urn:{{Mark("meta.security.system")}}","version":"{{Mark("meta.security.version")}}","code":"N","display":"{{Mark("meta.security.display")}}"}],
             "tag":[{"system":"urn:{{Mark("meta.tag.system")}}","code":"{{Mark("meta.tag.code")}}","display":"{{Mark("meta.tag.display")}}"}],"extension":[{"url":"urn:{{Mark("meta.extension.url")}}","valueString":"{{Mark("meta.extension.value")}}"}]}
            """);
        made["text"] = JsonNode.Parse($$"""{"id":"{{Mark("text.id")}}","status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">{{Mark("text.div")}}</div>"}""");
        made["contained"] = JsonNode.Parse($$"""
            [{"resourceType":"Condition","id":"{{Mark("contained.id")}}","subject":{"reference":"#p","display":"{{Mark("contained.subject")}}"},"code":{"coding":[{"system":"urn:x","code":"{{Mark("contained.code")}}","display":"{{Mark("contained.display")}}"}],"text":"{{Mark("contained.text")}}"},
              "note":[{"text":"{{Mark("contained.note")}}"}],"modifierExtension":[{"url":"urn:x","valueString":"{{Mark("contained.modifierExtension")}}"}]},
             {"resourceType":"Practitioner","id":"{{Mark("contained.practitioner")}}","name":[{"family":"{{Mark("contained.name")}}"}]}]
            """);
        made.Remove("implicitRules");
        return made;
    }

    private string Mark(string path) => Marks.Text($"{type.Name}.{path}");

    private JsonObject MakeObject(ClassMapping mapping, string path, int depth)
    {
        var made = new JsonObject();
        foreach (var property in mapping.PropertyMappings.OrderBy(static property => property.Order))
        {
            if (property.Name is "modifierExtension" or "contained" or "meta" or "text" && mapping.IsResource || property.Name == "modifierExtension")
            {
                continue;
            }

            var (name, element) = Choose(property);
            var here = $"{path}.{name}";
            if (MakeValue(element, property, here, depth) is not { } value)
            {
                continue;
            }

            made[name] = property.IsCollection ? new JsonArray(value) : value;
            if (variant == 0 && element.IsFhirPrimitive && depth < Deepest && name is not ("id" or "url" or "div"))
            {
                JsonNode sibling = new JsonObject { ["id"] = Marks.Text($"{path}._{name}.id"), ["extension"] = new JsonArray(Extension($"{path}._{name}")) };
                made["_" + name] = property.IsCollection ? new JsonArray(sibling) : sibling;
            }
        }

        return made;
    }

    private (string Name, ClassMapping Type) Choose(PropertyMapping property)
    {
        if (property.Choice != ChoiceType.DatatypeChoice)
        {
            return (property.Name, property.PropertyTypeMapping);
        }

        var types = TypesOf(property);
        var chosen = types[variant % types.Length];
        return (property.Name + char.ToUpperInvariant(chosen.Name[0]) + chosen.Name[1..], chosen);
    }

    private JsonNode? MakeValue(ClassMapping element, PropertyMapping property, string path, int depth) => element.Name switch
    {
        "Extension" => depth <= Deepest ? Extension(path) : null,
        "Narrative" or "Resource" or "Meta" => null,
        _ when element.IsFhirPrimitive => MakePrimitive(element, property, path),
        "Reference" when depth >= Deepest => new JsonObject { ["reference"] = $"Practitioner/{Marks.Text($"{path}.reference")}", ["display"] = Marks.Text($"{path}.display") },
        _ when element.IsResource || depth >= Deepest => null,
        _ => Finish(element, MakeObject(element, path, depth + 1), path),
    };

    /// <summary>A reference leads somewhere; all else is as it was made.</summary>
    private static JsonObject? Finish(ClassMapping element, JsonObject made, string path)
    {
        if (element.Name == "Reference")
        {
            made["reference"] = $"Practitioner/{Marks.Text($"{path}.reference")}";
        }

        return made.Count > 0 ? made : null;
    }

    private static JsonObject Extension(string path) => new() { ["url"] = $"urn:{Marks.Text($"{path}.extension.url")}", ["valueString"] = Marks.Text($"{path}.extension.value") };

    private static JsonNode? MakePrimitive(ClassMapping element, PropertyMapping property, string path) => element.Name switch
    {
        "boolean" => property.Name == "active",
        "decimal" or "integer" or "positiveInt" or "unsignedInt" => Marks.Number(path),
        "date" => Marks.Day(path),
        "dateTime" or "instant" => Marks.Day(path) + "T00:00:00Z",
        "time" => Marks.Time(path),
        "code" => LiteralOf(element, property) ?? Marks.Text(path),
        "uri" or "url" or "canonical" => $"urn:{Marks.Text(path)}",
        "oid" => $"urn:oid:1.9.{Marks.Number(path)}",
        "uuid" => $"urn:uuid:00000000-0000-4000-8000-000{Marks.Number(path)}",
        "xhtml" => $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{Marks.Text(path)}</div>",
        _ => Marks.Text(path),
    };

    /// <summary>A code of a closed value set cannot be a mark; it is the set's first.</summary>
    private static string? LiteralOf(ClassMapping element, PropertyMapping property)
    {
        var native = element.NativeType.IsGenericType ? element.NativeType : property.ImplementingType;
        native = native.IsGenericType && native.GetGenericTypeDefinition() == typeof(List<>) ? native.GenericTypeArguments[0] : native;
        return native.IsGenericType && native.GenericTypeArguments[0] is { IsEnum: true } set ? ((Enum)Enum.GetValues(set).GetValue(0)!).GetLiteral() : null;
    }

    private static ClassMapping[] TypesOf(PropertyMapping property) =>
        [.. property.FhirTypeMappings.Where(static type => type is { IsAbstract: not true } && type.Name is not ("Meta" or "Extension")).OrderBy(static type => type.Name, StringComparer.Ordinal)];

    private static IEnumerable<int> Choices(ClassMapping mapping, int depth, HashSet<string> seen) => depth > Deepest || !seen.Add(mapping.Name) ? [] :
        mapping.PropertyMappings.Where(static property => property.Name is not ("extension" or "modifierExtension" or "contained")).SelectMany(property => property.Choice == ChoiceType.DatatypeChoice
            ? [TypesOf(property).Length]
            : property.PropertyTypeMapping is { IsFhirPrimitive: false, IsResource: false } deeper ? Choices(deeper, depth + 1, seen) : []);
}
