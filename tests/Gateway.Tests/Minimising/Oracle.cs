// The slow reference: the same minimising on the FHIR object model, written without the mask.
using System.Reflection;
using System.Text.Json.Nodes;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Sisote.Policy.Catalogues;

namespace Sisote.Tests.Gateway.Minimising;

/// <summary>
/// Says what may leave a parsed resource by the rules of docs/minimising.md. It walks the resource that is there, element by element, and asks of each whether a selector names it; the
/// minimiser walks text beside a compiled mask. That both agree is the point.
/// </summary>
internal sealed class Oracle(IReadOnlyList<FhirSelector> selectors, LegalCatalogue catalogue)
{
    private readonly HashSet<string> named = [.. selectors.SelectMany(static selector => selector.Elements)];
    private string? client;

    internal JsonObject? Minimise(Resource resource)
    {
        var subject = new[] { "subject", "patient", "for" }.FirstOrDefault(name => resource.GetType().GetProperties().Any(property => ElementOf(property)?.Name == name && property.PropertyType == typeof(ResourceReference)));
        client = subject is null ? null : resource.GetType().GetProperties().Where(property => ElementOf(property)?.Name == subject).Select(property => (property.GetValue(resource) as ResourceReference)?.Reference).Single();
        var written = Walk(resource, string.Empty, resource.TypeName, open: false, subject);
        if (written is null)
        {
            return null;
        }

        var result = new JsonObject
        {
            ["resourceType"] = resource.TypeName,
            ["id"] = "id-1",
            ["meta"] = JsonNode.Parse("""{"tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}]}"""),
        };
        foreach (var (name, value) in written.ToArray())
        {
            written.Remove(name);
            result[name] = value;
        }

        return result;
    }

    private static FhirElementAttribute? ElementOf(PropertyInfo property) => property.GetCustomAttribute<FhirElementAttribute>();

    private JsonObject? Walk(Base holder, string path, string holderType, bool open, string? subject)
    {
        var result = new JsonObject();
        var missing = false;
        foreach (var property in holder.GetType().GetProperties().Where(static property => ElementOf(property) is not null))
        {
            var element = ElementOf(property)!;
            var mandatory = property.GetCustomAttribute<CardinalityAttribute>() is { Min: > 0 };
            var values = property.GetValue(holder) switch
            {
                null => [],
                Base one => [one],
                IEnumerable<Base> many => many.ToArray(),
                _ => Array.Empty<Base>(),
            };
            var (done, meant) = (false, open);
            if (values.Length > 0)
            {
                var name = element.Choice == ChoiceType.DatatypeChoice ? element.Name + char.ToUpperInvariant(values[0].TypeName[0]) + values[0].TypeName[1..] : element.Name;
                var here = path.Length == 0 ? name : $"{path}.{name}";
                var isNamed = named.Contains(here);
                var leads = named.Any(other => other.StartsWith(here + ".", StringComparison.Ordinal));
                meant = open || isNamed || leads;
                if (meant)
                {
                    JsonNode[] kept = [.. values.Select(value => Keep(value, here, name, holderType, open || isNamed, isNamed, path.Length == 0 && name == subject)).OfType<JsonNode>()];
                    if (kept.Length > 0)
                    {
                        result[name] = property.PropertyType is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(List<>) ? new JsonArray(kept) : kept[0];
                        done = true;
                    }
                }
            }

            var changes = element.IsModifier && element.Name != "modifierExtension" && (path.Length > 0 || meant) && values.Any(value => !IsOrdinary(element.Name, value));
            missing |= !done && (mandatory || changes);
        }

        return result.Count > 0 && !missing ? result : null;
    }

    /// <summary>FHIR R4 2.4.2: what changes the meaning of its object may not be left out of it; these values change nothing.</summary>
    private static bool IsOrdinary(string name, Base value) => name switch
    {
        "use" => IsOrdinaryUse((value as PrimitiveType)?.JsonValue?.ToString()),
        "active" => value is FhirBoolean { Value: true },
        _ => value is FhirBoolean { Value: false },
    };

    private static bool IsOrdinaryUse(string? use) => use is "usual" or "official" or "secondary" or "home" or "work" or "mobile";

    private JsonNode? Keep(Base value, string path, string name, string holderType, bool open, bool isNamed, bool isSubject)
    {
        if (name == "id" || (holderType == "Attachment" && name is not ("contentType" or "language" or "data") && !isNamed))
        {
            return null;
        }

        return value switch
        {
            Extension or Narrative or Meta or Signature or Resource or Id or XHtml => null,
            PrimitiveType primitive => KeepPrimitive(primitive, name, holderType, isNamed),
            ResourceReference reference => isSubject || (client is not null && reference.Reference == client) ? new JsonObject { ["reference"] = "Patient/handle" } : null,
            Identifier identifier => KeepIdentifier(identifier, path, isNamed),
            CodeableConcept concept => KeepConcept(concept, path),
            Coding coding => KeepCoding(coding, path),
            Quantity quantity => KeepQuantity(quantity),
            Annotation when !named.Any(other => other.StartsWith(path + ".", StringComparison.Ordinal)) => null,
            _ => Walk(value, path, value.TypeName, open, null),
        };
    }

    private static JsonValue? KeepPrimitive(PrimitiveType primitive, string name, string holderType, bool isNamed)
    {
        if (name == "implicitRules" || primitive.JsonValue is not { } raw)
        {
            return null;
        }

        var allowed = primitive switch
        {
            FhirString => isNamed || (holderType is "HumanName" or "Address" or "ContactPoint" && name != "text"),
            FhirUri => isNamed,
            Base64Binary => isNamed || holderType == "Attachment",
            _ => true,
        };
        return !allowed || (primitive.TypeName == "code" && !IsCode(raw.ToString())) || (primitive is FhirUri && !IsAddress(raw.ToString())) ? null
            : raw switch
            {
                bool flag => JsonValue.Create(flag),
                int number => JsonValue.Create((decimal)number),
                long number => JsonValue.Create((decimal)number),
                decimal number => JsonValue.Create(number),
                _ => JsonValue.Create(raw.ToString()),
            };
    }

    private JsonObject? KeepIdentifier(Identifier identifier, string path, bool isNamed) =>
        isNamed && identifier is { System: { } system, Value.Length: > 0 } && (identifier.UseElement is null || IsOrdinaryUse(identifier.UseElement.JsonValue?.ToString()))
        && selectors.Any(selector => selector.Elements.Contains(path) && selector.IdentifierSystems.Contains(system))
            ? new JsonObject { ["system"] = system, ["value"] = identifier.Value }
            : null;

    private JsonObject? KeepConcept(CodeableConcept concept, string path)
    {
        var result = new JsonObject();
        JsonNode[] codings = [.. concept.Coding.Select(coding => KeepCoding(coding, path)).OfType<JsonNode>()];
        if (codings.Length > 0)
        {
            result["coding"] = new JsonArray(codings);
        }

        if (named.Contains(path + ".text") && !string.IsNullOrEmpty(concept.Text))
        {
            result["text"] = concept.Text;
        }

        return result.Count > 0 ? result : null;
    }

    private JsonObject? KeepCoding(Coding coding, string path)
    {
        if (!IsCode(coding.Code) || (coding.System is not null && !IsAddress(coding.System)) || !selectors.Where(selector => Permits(selector, path)).Any(selector => Takes(selector, path, coding)))
        {
            return null;
        }

        var result = new JsonObject();
        if (coding.System is not null)
        {
            result["system"] = coding.System;
        }

        result["code"] = coding.Code;
        var label = catalogue.CodeLists.Values.Where(list => list.System == coding.System).Select(list => list.Codes.GetValueOrDefault(coding.Code!)).FirstOrDefault(static text => text is not null);
        if (label is not null)
        {
            result["display"] = label.Fi;
        }

        return result;
    }

    private static bool Permits(FhirSelector selector, string path) =>
        selector.Elements.Any(element => element == path || path.StartsWith(element + ".", StringComparison.Ordinal) || element.StartsWith(path + ".", StringComparison.Ordinal));

    private bool Takes(FhirSelector selector, string path, Coding coding)
    {
        var filters = selector.Filters.Where(filter => filter.Path == path).ToArray();
        var bound = path == "code" && selector.CodeBinding is { } id ? catalogue.CodeLists[id] : null;
        return (filters.Length == 0 && bound is null)
            || filters.Any(filter => filter.System == coding.System && filter.Codes.Contains(coding.Code!))
            || (bound is not null && bound.System == coding.System && bound.Codes.ContainsKey(coding.Code!));
    }

    private static JsonObject? KeepQuantity(Quantity quantity)
    {
        if (quantity.Value is not { } value || !IsCode(quantity.Code) || !IsAddress(quantity.System))
        {
            return null;
        }

        var result = new JsonObject { ["value"] = value };
        if (quantity.ComparatorElement?.JsonValue is { } comparator)
        {
            result["comparator"] = comparator.ToString();
        }

        result["system"] = quantity.System;
        result["code"] = quantity.Code;
        return result;
    }

    private static bool IsCode(string? text) => text is { Length: > 0 and <= 64 } && text.All(static c => char.IsAsciiLetterOrDigit(c) || "-_.:/+#%[]{}()*'^,!&|".Contains(c, StringComparison.Ordinal));

    private static bool IsAddress(string? text) => text is { Length: > 0 and <= 255 } && text.All(static c => char.IsAsciiLetterOrDigit(c) || "-_.:/+#%~?=&|".Contains(c, StringComparison.Ordinal));
}
