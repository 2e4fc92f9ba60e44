// What of a resource type anything downstream could ask for.
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
        var guide = new ReadingGuides().Of(all);
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
        var search = new JsonGuide();
        search.Add("mode");
        var entry = new JsonGuide();
        entry.Add("search", search);
        entry.Add("resource", resource);
        var bundle = new JsonGuide();
        bundle.Add("resourceType");
        bundle.Add("type");
        bundle.Add("entry", entry);
        return bundle;
    }

    private JsonGuide Of(MaskNode node)
    {
        if (made.TryGetValue(node, out var known))
        {
            return known;
        }

        var guide = made[node] = new JsonGuide();
        foreach (var field in node.Fields)
        {
            guide.Add(field.Name, field.Kind switch
            {
                FieldKind.Object => Of(field.Node!),
                FieldKind.Coding => Leaves("system", "code", "display"),
                FieldKind.Quantity => Leaves("value", "comparator", "system", "code"),
                FieldKind.Identifier => Identifier(),
                FieldKind.Reference or FieldKind.Subject => Reference(),
                _ => null,
            });
        }

        return guide;
    }

    /// <summary>A CodeableConcept or Coding, also one within another under <c>coding</c>: a condition takes either.</summary>
    private static void AddCoded(JsonGuide guide, ReadOnlySpan<string> path)
    {
        var coded = Leaves("system", "code", "display");
        coded.Add("coding", coded);
        guide.Add(path[0], coded);
        if (path.Length > 1)
        {
            AddCoded(guide.Below(path[0])!, path[1..]);
        }
    }

    private static JsonGuide Meta()
    {
        var label = Leaves("system", "code", "display");
        label.Add("coding", label);
        var meta = new JsonGuide();
        meta.Add("security", label);
        meta.Add("coding", meta);
        return meta;
    }

    private static JsonGuide Reference()
    {
        var reference = Leaves("reference");
        reference.Add("identifier", Identifier());
        return reference;
    }

    private static JsonGuide Identifier() => Leaves("system", "value");

    private static JsonGuide Leaves(params ReadOnlySpan<string> names)
    {
        var guide = new JsonGuide();
        foreach (var name in names)
        {
            guide.Add(name);
        }

        return guide;
    }
}
