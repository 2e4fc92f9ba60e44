// The little of FHIRPath in which FHIR R4 says what its search parameters read.
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sisote.Gateway.Searching;

/// <summary>One step to an element.</summary>
/// <param name="Element">Name of the element.</param>
/// <param name="As">The one type of a choice that is meant; null = any.</param>
/// <param name="Member">A member that must say <paramref name="Text"/>; null = none.</param>
/// <param name="Text">What it must say.</param>
internal sealed record SearchStep(string Element, string? As = null, string? Member = null, string? Text = null);

/// <summary>Reads <c>Type.a.b</c>, <c>(Type.a as T)</c>, <c>Type.a.as(T)</c>, <c>Type.a.where(b='c')</c> and <c>Type.a.where(resolve() is Patient)</c>. Anything else reads as nothing, and no parameter comes of it.</summary>
internal static partial class SearchExpression
{
    /// <summary>The steps below the type; null where the expression is not understood.</summary>
    internal static ImmutableArray<SearchStep>? Read(string expression)
    {
        var found = CastPath().Match(expression) is { Success: true } cast ? cast : QualifiedPath().Match(expression);
        // A reference that leaves points to the client and to nothing else, so one to another type is never there.
        if (!found.Success || found.Groups["target"] is { Success: true, Value: not "Patient" })
        {
            return null;
        }

        var steps = found.Groups["path"].Value.Split('.')[1..].Select(static name => new SearchStep(name)).ToList();
        if (steps.Count == 0)
        {
            return null;
        }

        steps[^1] = steps[^1] with { As = Say(found, "as"), Member = Say(found, "member"), Text = Say(found, "text") };
        steps.AddRange(found.Groups["rest"].Value.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(static name => new SearchStep(name)));
        return [.. steps];
    }

    private static string? Say(Match found, string group) => found.Groups[group] is { Success: true, Value: var text } ? text : null;

    [GeneratedRegex(@"\A\((?<path>\w+(?:\.\w+)+) as (?<as>\w+)\)(?<rest>(?:\.\w+)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex CastPath();

    [GeneratedRegex(@"\A(?<path>\w+(?:\.\w+)*)(?:\.as\((?<as>\w+)\)|\.where\((?:resolve\(\) is (?<target>\w+)|(?<member>\w+)='(?<text>[^']*)')\))?(?<rest>(?:\.\w+)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex QualifiedPath();
}
