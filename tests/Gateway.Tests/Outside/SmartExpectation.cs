// What a row of the compartment tests says about the answer.
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sisote.Tests.Gateway.Outside;

/// <summary>Ids and types that must be there, those that must not, and whether there must be nothing.</summary>
/// <remarks>A row's assertion texts are those of its authors; where one row holds several searches, it cannot be told which search an assertion is about.</remarks>
internal sealed partial record SmartExpectation(IReadOnlyList<string> Ids, IReadOnlyList<string> Types, IReadOnlyList<string> Not, bool Nothing)
{
    /// <summary>The expectation as the page shows it.</summary>
    internal string Text => Nothing ? "nothing" : Ids.Count + Types.Count + Not.Count == 0 ? "something" : string.Join("; ", new[] { Said("", Ids), Said("type ", Types), Said("not ", Not) }.Where(static part => part.Length > 0));

    internal static SmartExpectation Of(JsonNode row)
    {
        var texts = Strings(row["other_assertions"]).ToArray();
        var positive = texts.Where(static text => !text.Contains("NotEqual", StringComparison.Ordinal) && !text.StartsWith("DoesNotContain", StringComparison.Ordinal) && !text.StartsWith("Throws", StringComparison.Ordinal)).ToArray();
        var ids = Strings(row["must_contain"]).Select(static id => id.Split('/')[^1]).Concat(positive.SelectMany(static text => Id().Matches(text)).Select(static match => match.Groups[1].Value)).Distinct().ToArray();
        var types = positive.SelectMany(static text => Type().Matches(text)).Select(static match => match.Groups[1].Value).Distinct().ToArray();
        var not = Strings(row["must_not_contain"]).Select(static id => id.EndsWith("/*", StringComparison.Ordinal) ? id : id.Split('/')[^1]).Distinct().ToArray();
        return new SmartExpectation(ids, types, not, texts is ["Empty(results.Results)"] || texts.Any(static text => text.StartsWith("Throws", StringComparison.Ordinal)));
    }

    /// <summary>Whether these resources (<c>Type/name</c>) are what is expected.</summary>
    internal bool Holds(IReadOnlyCollection<string> released) =>
        Nothing ? released.Count == 0
        : released.Count > 0
            && Ids.All(id => released.Any(one => one.EndsWith("/" + id, StringComparison.Ordinal)))
            && Types.All(type => released.Any(one => one.StartsWith(type + "/", StringComparison.Ordinal)))
            && Not.All(not => !Breaks(not, released));

    /// <summary>Something that must not be there and that no part of the row asks for.</summary>
    internal IEnumerable<string> Leaks(IReadOnlyCollection<string> released) => Not.Where(not => !Ids.Contains(not) && Breaks(not, released));

    private static bool Breaks(string not, IEnumerable<string> released) => released.Any(one => not.EndsWith("/*", StringComparison.Ordinal) ? one.StartsWith(not[..^1], StringComparison.Ordinal) : one.EndsWith("/" + not, StringComparison.Ordinal));

    private static string Said(string word, IReadOnlyList<string> what) => what.Count == 0 ? "" : word + string.Join(", ", what);

    private static IEnumerable<string> Strings(JsonNode? array) => array?.AsArray().Select(static text => (string)text!) ?? [];

    [GeneratedRegex("\"(smart-[A-Za-z0-9-]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("""(?:ResourceTypeName == |Equal\()(?:"|KnownResourceTypes\.)([A-Z][A-Za-z]+)""")]
    private static partial Regex Type();
}
