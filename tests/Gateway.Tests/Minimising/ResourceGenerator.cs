// Random resources: elements that FHIR R4 knows and that it does not, in right and wrong shapes.
using System.Text.Json.Nodes;
using CsCheck;
using Hl7.Fhir.Introspection;
using Sisote.Gateway.Minimising;

namespace Sisote.Tests.Gateway.Minimising;

/// <summary>Generates resources that an item's selectors may or may not match. Every text holds the path it stands at, so that a text that leaves tells where it came from.</summary>
internal static class ResourceGenerator
{
    private static readonly string[] Strange = ["extension", "modifierExtension", "_status", "contained", "text", "unknown", "div", "display"];

    internal static Gen<JsonObject> Resources(TypeShape shape, IReadOnlyList<(string Path, string System, string Code)> accepted) =>
        Gen.Select(Gen.Int[0, 1 << 20].Array[40], Gen.Int[0, 99]).Select((choices, seed) => new Builder(choices, seed).Make(shape, accepted));

    private sealed class Builder(int[] choices, int seed)
    {
        private int place = seed;

        internal JsonObject Make(TypeShape shape, IReadOnlyList<(string Path, string System, string Code)> accepted)
        {
            var resource = MakeObject(shape.Definition, shape.Name, 0);
            resource["resourceType"] = shape.Name;
            resource["id"] = "id-1";
            resource.Remove("modifierExtension");
            foreach (var modifier in shape.Modifiers.Where(_ => Next(20) != 0))
            {
                resource.Remove(modifier);
            }

            foreach (var (name, value) in new[] { ("status", "active"), ("lifecycleStatus", "active"), ("intent", "order") }.Where(pair => shape.Definition.PropertyMappings.Any(property => property.Name == pair.Item1)))
            {
                resource[name] = value;
            }

            if (shape.SubjectElement is { } subject)
            {
                resource[subject] = new JsonObject { ["reference"] = "Patient/p1", ["display"] = $"text@{shape.Name}.{subject}.display", ["identifier"] = new JsonObject { ["system"] = "urn:oid:1.2.246.21", ["value"] = "010190-901R" } };
            }

            foreach (var group in accepted.GroupBy(static coding => coding.Path).Where(static group => !group.Key.StartsWith("meta", StringComparison.Ordinal)))
            {
                var (_, system, code) = group.ElementAt(Next(group.Count()));
                var concept = new JsonObject
                {
                    ["coding"] = new JsonArray(
                        new JsonObject { ["system"] = system, ["code"] = code, ["display"] = $"text@{shape.Name}.{group.Key}.coding.display" },
                        new JsonObject { ["system"] = "http://example.org/other", ["code"] = "other-code" }),
                    ["text"] = $"text@{shape.Name}.{group.Key}.text",
                };
                var repeats = shape.Definition.PropertyMappings.Any(property => property.Name == group.Key && property.IsCollection);
                resource[group.Key] = repeats ? new JsonArray(concept) : concept;
            }

            return resource;
        }

        private int Next(int count) => choices[place++ % choices.Length] % count;

        private JsonObject MakeObject(ClassMapping mapping, string path, int depth)
        {
            var made = new JsonObject();
            foreach (var property in mapping.PropertyMappings.OrderBy(static property => property.Name, StringComparer.Ordinal))
            {
                if (!property.IsMandatoryElement && (Next(3) == 0 || (property.Name == "modifierExtension" && Next(20) != 0)))
                {
                    continue;
                }

                var names = FhirTypes.JsonNames(property).ToArray();
                var (name, type) = names[Next(names.Length)];
                var value = Next(12) == 0 ? Odd($"{path}.{name}") : MakeValue(type, $"{path}.{name}", depth);
                made[name] = property.IsCollection && Next(15) != 0 ? new JsonArray(value, MakeValue(type, $"{path}.{name}", depth)) : value;
            }

            made[Strange[Next(Strange.Length)] is var strange && strange == "modifierExtension" && Next(10) != 0 ? "odd" : strange] = $"text@{path}.strange";
            return made;
        }

        private JsonNode? MakeValue(ClassMapping type, string path, int depth) => type.Name switch
        {
            "boolean" => Next(2) == 0,
            "decimal" or "integer" or "positiveInt" or "unsignedInt" => Next(1000),
            "date" or "dateTime" or "instant" => "2026-01-02",
            "time" => "10:00:00",
            "code" => "code-1",
            "base64Binary" => "QUJD",
            _ when type.IsFhirPrimitive => $"text@{path}",
            "Extension" => new JsonObject { ["url"] = $"text@{path}.url", ["valueString"] = $"text@{path}.valueString" },
            "Reference" => new JsonObject { ["reference"] = $"Other/text@{path}", ["display"] = $"text@{path}.display" },
            "Coding" => new JsonObject { ["system"] = "http://example.org", ["code"] = "code-2", ["display"] = $"text@{path}.display", ["version"] = $"text@{path}.version" },
            "Quantity" => new JsonObject { ["value"] = 5, ["unit"] = $"text@{path}.unit", ["system"] = "http://unitsofmeasure.org", ["code"] = "kg" },
            _ when depth > 3 || type.IsResource => new JsonObject { ["x"] = $"text@{path}.x" },
            _ => MakeObject(type, path, depth + 1),
        };

        private JsonNode? Odd(string path) => Next(4) switch
        {
            0 => $"text@{path}",
            1 => new JsonArray($"text@{path}"),
            2 => new JsonObject { ["odd"] = $"text@{path}.odd" },
            _ => null,
        };
    }
}
