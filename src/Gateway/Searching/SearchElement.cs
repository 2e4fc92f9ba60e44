// Where a search parameter reads in what leaves.
using System.Collections.Immutable;
using System.Text.Json;
using Hl7.Fhir.Introspection;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Searching;

/// <summary>One element as a search reads it: its JSON names from the resource down, and its FHIR type.</summary>
internal sealed record SearchElement(ImmutableArray<SearchElement.Step> Steps, string Type)
{
    /// <summary>A member, and what one of its own members must say.</summary>
    internal readonly record struct Step(string Name, string? Member, string? Text);

    /// <summary>The id, which is the recipient's handle and stands on everything that leaves.</summary>
    internal static readonly SearchElement Id = new([new Step("id", null, null)], "id");

    /// <summary>The elements that steps lead to, as far as a mask lets them leave.</summary>
    internal static IEnumerable<SearchElement> Find(ClassMapping type, MaskNode mask, ImmutableArray<SearchStep> steps) =>
        steps is [{ Element: "id" }] ? [Id] : Find(type, mask, steps, []);

    /// <summary>The values that stand there in a resource.</summary>
    internal IEnumerable<FoundValue> In(JsonElement resource) => In(resource, 0);

    private static IEnumerable<SearchElement> Find(ClassMapping type, MaskNode mask, ImmutableArray<SearchStep> steps, ImmutableArray<Step> before)
    {
        var step = steps[before.Length];
        foreach (var (name, element) in type.PropertyMappings.Where(property => property.Name == step.Element).SelectMany(FhirTypes.JsonNames))
        {
            if ((step.As is { } one && element.Name != one) || FieldOf(mask, name) is not { } field || (step.Member is { } member && (field.Node is not { } inside || FieldOf(inside, member) is null)))
            {
                continue;
            }

            var path = before.Add(new Step(name, step.Member, step.Text));
            foreach (var found in path.Length == steps.Length ? [new SearchElement(path, element.Name)] : field.Node is { } node ? Find(element, node, steps, path) : [])
            {
                yield return found;
            }
        }
    }

    private static MaskField? FieldOf(MaskNode mask, string name) => mask.Find(System.Text.Encoding.UTF8.GetBytes(name));

    private IEnumerable<FoundValue> In(JsonElement holder, int depth)
    {
        if (depth == Steps.Length)
        {
            return [new FoundValue(holder, Type)];
        }

        return holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(Steps[depth].Name, out var value)
            ? Each(value).Where(one => IsMeant(one, Steps[depth])).SelectMany(one => In(one, depth + 1))
            : [];
    }

    private static IEnumerable<JsonElement> Each(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static bool IsMeant(JsonElement value, Step step) =>
        step.Member is null || (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step.Member, out var member) && member.ValueKind == JsonValueKind.String && member.ValueEquals(step.Text));
}

/// <summary>A value that a search reads.</summary>
/// <param name="Json">The value.</param>
/// <param name="Type">Its FHIR type.</param>
internal readonly record struct FoundValue(JsonElement Json, string Type)
{
    /// <summary>A text member of an object, or null.</summary>
    internal string? Text(string member) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>What a primitive says.</summary>
    internal string? Said => Json.ValueKind switch
    {
        JsonValueKind.String => Json.GetString(),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => Json.GetRawText(),
        _ => null,
    };
}
