// Whether a recipient could see something of what a search parameter reads.
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using Sisote.Tests.Leaks.House;
using Sisote.Tests.Leaks.Profiles;

namespace Sisote.Tests.Leaks.Probes;

/// <summary>
/// Holds the paths in a parameter's FHIRPath against the element lists of the items that a profile's rules name, as texts. It shares nothing with the way in which the gateway works it out.
/// </summary>
internal static partial class Visibility
{
    private static readonly string[] Functions = ["as", "is", "ofType", "where", "exists", "resolve"];

    /// <summary>Whether some element that the parameter reads is in some list.</summary>
    internal static bool Of(Profile profile, SearchParamDefinition parameter)
    {
        var type = parameter.Resource!;
        var lists = ProfileHouse.Selectors(profile).Where(selector => selector.ResourceType == type).ToArray();
        var paths = Path().Matches(parameter.Expression ?? string.Empty).Select(static match => match.Value.Split('.')).Where(parts => parts[0] == type)
            .Select(static parts => parts.Skip(1).TakeWhile(static part => !Functions.Contains(part)).ToArray()).Where(static parts => parts.Length > 0);
        return IsOfItems(lists, parameter.Name!) || paths.Any(path => lists.SelectMany(static list => list.Elements).Any(element => Meet(path, element.Split('.'))));
    }

    /// <summary>The same of a parameter by its name.</summary>
    internal static bool Of(Profile profile, string type, string name) =>
        ModelInfo.SearchParameters.Any(parameter => parameter.Resource == type && parameter.Name == name && Of(profile, parameter))
            || IsOfItems([.. ProfileHouse.Selectors(profile).Where(selector => selector.ResourceType == type)], name);

    /// <summary>What tells items apart can be asked for, whether or not FHIR has a parameter for it.</summary>
    private static bool IsOfItems(Policy.Catalogues.FhirSelector[] lists, string name) =>
        lists.Any(list => list.Filters.Any(filter => filter.Path == name) || (list.CodeBinding is not null && name == "code"));

    /// <summary>Whether one path leads to the other or past it; an element of several types has its type at the end of its name.</summary>
    private static bool Meet(string[] path, string[] element) => path.Zip(element).All(static pair =>
        pair.First == pair.Second || (pair.Second.StartsWith(pair.First, StringComparison.Ordinal) && char.IsUpper(pair.Second[pair.First.Length])));

    [GeneratedRegex(@"[A-Z][A-Za-z]+(\.[A-Za-z]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
