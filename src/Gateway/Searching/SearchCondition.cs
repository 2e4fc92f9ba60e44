// One parameter of a search with its values.
using System.Collections.Immutable;
using System.Text.Json;
using Hl7.Fhir.Model;

namespace Sisote.Gateway.Searching;

/// <summary>What one parameter asks of a resource: that some of its values be there, that none be, or that anything or nothing be there.</summary>
internal sealed record SearchCondition
{
    private const int MostValues = 100;

    private readonly SearchParameter parameter;
    private readonly ImmutableArray<SearchTest> tests;
    private readonly bool isNegated;

    private SearchCondition(SearchParameter parameter, ImmutableArray<SearchTest> tests, bool isNegated) => (this.parameter, this.tests, this.isNegated) = (parameter, tests, isNegated);

    /// <summary>Reads <c>name:modifier</c> and its value; null where they are not served. Joins (<c>a.b</c>, <c>a:Type</c>, <c>_has</c>) are never served.</summary>
    internal static SearchCondition? Read(SearchTable table, string name, string text, DateTimeOffset asked)
    {
        var at = name.IndexOf(':', StringComparison.Ordinal);
        var modifier = at < 0 ? null : name[(at + 1)..];
        if (table.Find(at < 0 ? name : name[..at]) is not { } parameter)
        {
            return null;
        }

        if (modifier == "missing")
        {
            return text is "true" or "false" ? new SearchCondition(parameter, [], isNegated: text == "true") : null;
        }

        var isNot = modifier == "not" && parameter.Kind == SearchParamType.Token;
        var tests = SearchText.Split(text, ',').ConvertAll(value => SearchTest.Read(parameter, isNot ? null : modifier, value, asked));
        return tests.Count <= MostValues && !tests.Contains(null) ? new SearchCondition(parameter, [.. tests.OfType<SearchTest>()], isNot) : null;
    }

    /// <summary>Whether a resource as it leaves fulfils it.</summary>
    internal bool Holds(JsonElement resource) => parameter.ValuesIn(resource).Any(value => tests.IsEmpty || tests.Any(test => test.Accepts(value))) != isNegated;
}
