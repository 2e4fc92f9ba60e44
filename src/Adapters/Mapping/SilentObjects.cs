// Tells what a record says something of, and takes the rest out.
using System.Text.Json.Nodes;

namespace Sisote.Adapters.Mapping;

/// <summary>Constants stand beside what the record says, not in its place: a unit without a number is no quantity.</summary>
internal static class SilentObjects
{
    /// <summary>An object whose constants stand alone because the record said nothing beside them says nothing: it goes.</summary>
    public static void Remove(JsonObject fhir, ElementGroup group, HashSet<string> said)
    {
        foreach (var above in group.Elements.Where(static rule => rule.Source is not ElementSource.Constant).Select(static rule => rule.Place).Where(static place => place.Steps.Length > 1).DistinctBy(static place => Above(place.Path)))
        {
            var name = Above(above.Path);
            if (!said.Any(one => one == name || one.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                Remove(fhir, name.Split('.'));
            }
        }
    }

    private static void Remove(JsonObject at, ReadOnlySpan<string> names)
    {
        if (names.Length == 1)
        {
            at.Remove(names[0]);
        }
        else if ((at[names[0]] is JsonArray { Count: > 0 } list ? list[0] : at[names[0]]) is JsonObject below)
        {
            Remove(below, names[1..]);
            if (below.Count == 0)
            {
                at.Remove(names[0]);
            }
        }
    }

    /// <summary>Path of what an element stands in; empty at the top.</summary>
    public static string Above(string path) => path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : string.Empty;

    /// <summary>Whether a resource that hangs on a field is there.</summary>
    public static bool IsThere(ElementGroup group, JsonNode item) => group.When is not { } when || NativePath.Follow(item, when) is { } found && FhirJson.Text(found) is not "" && found is not JsonArray { Count: 0 };

    /// <summary>Whether the record says anything of a group.</summary>
    public static bool IsSaid(ElementGroup group, JsonNode item) => group.Elements.Any(rule => rule.Source switch
    {
        ElementSource.Field field => NativePath.Follow(item, field.Path) is JsonValue value && FhirJson.Text(value) is { Length: > 0 } text && field.Table?.IsAbsent(text) != true,
        ElementSource.Groups groups => groups.Items.Any(below => below.Each is null ? IsSaid(below, item) : NativePath.Follow(item, below.Each) is JsonArray { Count: > 0 } or JsonObject),
        _ => false,
    });
}
