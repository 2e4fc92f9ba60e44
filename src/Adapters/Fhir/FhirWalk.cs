// One upstream resource's way through its elements.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sisote.Adapters.Native;

namespace Sisote.Adapters.Fhir;

/// <summary>Takes over what the shape of a type names, element by element, with the codes and references of the facade.</summary>
internal sealed class FhirWalk(FhirCodes codes, FhirIds ids, Uri address, ImmutableArray<string> reads, string type)
{
    private const string Ucum = "http://unitsofmeasure.org";

    /// <summary>Whether the mapping withholds the resource.</summary>
    public bool IsWithheld { get; private set; }

    /// <summary>The security labels, and the version of a task.</summary>
    public JsonObject Meta(JsonObject upstream)
    {
        var made = new JsonObject();
        if (type == "Task" && FhirJson.Text(upstream["meta"], "versionId") is { Length: > 0 } version)
        {
            made["versionId"] = FhirIds.VersionOf(version);
        }

        var labels = FhirJson.Objects(upstream["meta"], "security").Select(Coding).OfType<JsonNode>().Concat(FhirJson.Objects(upstream, "securityLabel").SelectMany(LabelsOf)).ToArray();
        if (labels.Length > 0)
        {
            made["security"] = new JsonArray(labels);
        }

        return made;
    }

    /// <summary>A document says in an element of its own how it is protected; it passes as a label like any other, or the document does not.</summary>
    private List<JsonNode> LabelsOf(JsonObject concept)
    {
        var kept = FhirJson.Objects(concept, "coding").Select(Coding).OfType<JsonNode>().ToList();
        return kept.Count > 0 || IsWithheld ? kept : throw new NativeFaultException(NativeFault.UnknownCode, "a security label without a code");
    }

    /// <summary>A member of the resource, or of an element of it.</summary>
    public JsonNode? Member(string path, JsonNode? value)
    {
        var (passes, whole) = FhirShapes.Look(type, path);
        return !passes ? null : Keep(path, value, whole);
    }

    private JsonNode? Keep(string path, JsonNode? value, bool whole) => value switch
    {
        JsonArray list => list.Select(one => Keep(path, one, whole)).OfType<JsonNode>().ToArray() is { Length: > 0 } kept ? new JsonArray(kept) : null,
        JsonObject element when whole && IsConcept(path, element) => Concept(path, element),
        JsonObject element when whole && IsCoding(element) => Coding(element),
        JsonObject element when whole && IsReference(element) => Reference(element),
        JsonObject element => Inside(path, element, whole),
        null => null,
        _ => value.DeepClone(),
    };

    private JsonObject? Inside(string path, JsonObject element, bool whole)
    {
        var made = new JsonObject();
        foreach (var (name, value) in element)
        {
            if (name is "modifierExtension" or "")
            {
                throw FhirJson.Unreadable("an element under rules that nobody here knows");
            }

            if (name is not ("id" or "extension") && !name.StartsWith('_') && (whole ? Keep($"{path}.{name}", value, true) : Member($"{path}.{name}", value)) is { } kept)
            {
                made[name] = kept;
            }
        }

        if (whole && IsQuantity(made))
        {
            Measure(made);
        }

        return made.Count > 0 ? made : null;
    }

    private static bool IsConcept(string path, JsonObject element) =>
        element.ContainsKey("coding") || path == "description" || (path is not ("name" or "address") && element.ContainsKey("text") && element.All(static member => member.Key is "text" or "id" or "extension"));

    private static bool IsCoding(JsonObject element) => element.ContainsKey("code") && element.ContainsKey("system") && !element.ContainsKey("value");

    private static bool IsReference(JsonObject element) => element.ContainsKey("reference") || element.All(static member => member.Key is "identifier" or "display" or "type" or "id" or "extension");

    private static bool IsQuantity(JsonObject element) => element["value"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number;

    /// <summary>A concept says what its codings say; words alone pass as the wording of a goal only.</summary>
    private JsonObject? Concept(string path, JsonObject concept)
    {
        var made = new JsonObject();
        var written = FhirJson.Objects(concept, "coding").ToList();
        var kept = written.Select(Coding).OfType<JsonNode>().ToArray();
        if (kept.Length > 0)
        {
            made["coding"] = new JsonArray(kept);
        }

        if (path == "description" && FhirJson.Text(concept, "text") is { } text)
        {
            made["text"] = text;
        }

        return made.Count > 0 ? made : written.Count > 0 ? null : throw new NativeFaultException(NativeFault.UnknownCode, "a concept without a code");
    }

    private JsonObject? Coding(JsonObject coding)
    {
        var (fate, code) = codes.ToCatalogue(FhirJson.Text(coding, "system"), FhirJson.Text(coding, "code"));
        IsWithheld |= fate == CodingFate.Withheld;
        return fate == CodingFate.Known ? FhirCodes.ToCoding(code) : null;
    }

    private JsonObject? Reference(JsonObject reference) =>
        FhirReferences.Read(FhirJson.Text(reference, "reference"), address) is var (target, id) && reads.Contains(target)
            ? new JsonObject { ["reference"] = $"{target}/{ids.Give(target, id)}" }
            : null;

    /// <summary>A measured value has a UCUM unit.</summary>
    private void Measure(JsonObject quantity)
    {
        var (fate, code) = codes.ToCatalogue(FhirJson.Text(quantity, "system"), FhirJson.Text(quantity, "code") ?? FhirJson.Text(quantity, "unit"));
        IsWithheld |= fate == CodingFate.Withheld;
        if (fate == CodingFate.Known && code.System != Ucum || fate == CodingFate.Repeats)
        {
            throw new NativeFaultException(NativeFault.UnknownCode, "a unit that is none of UCUM");
        }

        (quantity["system"], quantity["code"], quantity["unit"]) = (Ucum, code.Code, code.Code);
    }
}
