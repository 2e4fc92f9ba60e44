// What of a resource type anything downstream could ask for.
using Hl7.Fhir.Introspection;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// Makes the guide of a resource type: all that the facts of a resource need (<see cref="ResourceIndex"/>) and all that a mask for any combination of items could name
/// (<see cref="Minimiser"/>). What it leaves out cannot leave, whatever is decided.
/// </summary>
internal sealed class ReadingGuides
{
    private readonly Dictionary<MaskNode, JsonGuide> made = [];

    private ReadingGuides()
    {
    }

    /// <summary>The guide of a type, from the mask for all its selectors at once.</summary>
    internal static JsonGuide For(TypeShape shape, MaskNode all)
    {
        var guide = new ReadingGuides().Of(all, shape.Definition);
        guide.Add("resourceType");
        guide.Add("id");
        guide.Add("meta", Meta());
        if (shape.SubjectElement is { } subject)
        {
            guide.Add(subject, Reference());
        }
        else
        {
            guide.Add("identifier", Identifier());
        }

        foreach (var modifier in shape.Modifiers)
        {
            guide.Add(modifier);
        }

        foreach (var path in shape.Conditions.CodedPaths)
        {
            AddCoded(guide, path.Split('.'));
        }

        return guide;
    }

    /// <summary>The guide of a searchset Bundle with resources of a type.</summary>
    internal static JsonGuide ForSearchset(JsonGuide resource)
    {
        var bundleType = FhirTypes.Find("Bundle")!;
        var entryType = FhirTypes.Below(bundleType, "entry");
        var search = new JsonGuide();
        search.Add("mode");
        search.Expect(FhirTypes.JsonNames(FhirTypes.Below(entryType, "search")));
        var entry = new JsonGuide();
        entry.Add("search", search);
        entry.Add("resource", resource);
        entry.Expect(FhirTypes.JsonNames(entryType));
        var bundle = new JsonGuide();
        bundle.Add("resourceType");
        bundle.Add("type");
        bundle.Add("entry", entry);
        bundle.Expect(FhirTypes.JsonNames(bundleType));
        return bundle;
    }

    private JsonGuide Of(MaskNode node, ClassMapping type)
    {
        if (made.TryGetValue(node, out var known))
        {
            return known;
        }

        var guide = made[node] = new JsonGuide();
        foreach (var (name, elementType) in type.PropertyMappings.SelectMany(FhirTypes.JsonNames))
        {
            if (node.Fields.FirstOrDefault(field => field.Name == name) is { } field)
            {
                guide.Add(name, field.Kind switch
                {
                    FieldKind.Object => Of(field.Node!, elementType),
                    FieldKind.Coding => field.KeepsDisplay ? Parts("Coding", "system", "code", "display") : Parts("Coding", "system", "code"),
                    FieldKind.Quantity => Parts("Quantity", "value", "comparator", "system", "code"),
                    FieldKind.Identifier => Parts("Identifier", "system", "value", "use"),
                    FieldKind.Reference or FieldKind.Subject => Reference(),
                    _ => null,
                });
            }
            else if (node.Modifiers.Contains(name))
            {
                guide.Add(name);
            }
        }

        guide.Expect(FhirTypes.JsonNames(type));
        return guide;
    }

    /// <summary>A CodeableConcept or Coding, also one within another under <c>coding</c>: a condition takes either.</summary>
    private static void AddCoded(JsonGuide guide, ReadOnlySpan<string> path)
    {
        var coded = Parts("Coding", "system", "code");
        coded.Add("coding", coded);
        guide.Add(path[0], coded);
        if (path.Length > 1)
        {
            AddCoded(guide.Below(path[0])!, path[1..]);
        }
    }

    private static JsonGuide Meta()
    {
        var label = Parts("Coding", "system", "code", "display");
        label.Add("coding", label);
        var meta = Parts("Meta");
        meta.Add("security", label);
        meta.Add("coding", meta);
        return meta;
    }

    private static JsonGuide Reference()
    {
        var reference = Parts("Reference", "reference");
        reference.Add("identifier", Identifier());
        return reference;
    }

    private static JsonGuide Identifier() => Parts("Identifier", "system", "value");

    /// <summary>Parts of a data type that are no objects.</summary>
    private static JsonGuide Parts(string dataType, params ReadOnlySpan<string> names)
    {
        var guide = new JsonGuide();
        guide.Expect(FhirTypes.JsonNames(FhirTypes.DataType(dataType)));
        foreach (var name in names)
        {
            guide.Add(name);
        }

        return guide;
    }
}
