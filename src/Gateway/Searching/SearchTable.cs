// Which search parameters one recipient may use on one type.
using System.Collections.Frozen;
using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Searching;

/// <summary>
/// The parameters of a type, derived from the definitions of FHIR R4 and from the mask of all items that the law could let the recipient see. A parameter stands here if some element that it reads
/// can leave under some of these items; no client is part of it, so that what is accepted tells nothing about any.
/// </summary>
internal sealed class SearchTable
{
    private readonly FrozenDictionary<string, SearchParameter> parameters;

    private SearchTable(IEnumerable<SearchParameter> parameters, IEnumerable<string> clientNames)
    {
        this.parameters = parameters.ToFrozenDictionary(static parameter => parameter.Name);
        ClientNames = [.. clientNames.Order(StringComparer.Ordinal)];
    }

    /// <summary>The reference parameters that name the client: whoever searches may use them, whatever can leave.</summary>
    internal ImmutableArray<string> ClientNames { get; }

    /// <summary>All other parameters, in the order of their names.</summary>
    internal IEnumerable<SearchParameter> Parameters => parameters.Values.OrderBy(static parameter => parameter.Name, StringComparer.Ordinal);

    internal SearchParameter? Find(string name) => parameters.GetValueOrDefault(name);

    /// <summary>Derives the table.</summary>
    /// <param name="shape">The type.</param>
    /// <param name="mask">The mask for all items together that could leave.</param>
    /// <param name="selectors">Their selectors of the type.</param>
    internal static SearchTable Of(TypeShape shape, MaskNode mask, IReadOnlyCollection<ItemSelector> selectors)
    {
        var defined = SearchDefinitions.Of(shape.Name).ToArray();
        var clientNames = defined.Where(definition => IsClient(definition, shape)).Select(static definition => definition.Name).ToArray();
        var usable = selectors.Count == 0 ? [] :
            from definition in defined.Concat(OfItems(shape.Name, selectors)).DistinctBy(static definition => definition.Name)
            where !clientNames.Contains(definition.Name)
            let elements = definition.Expressions.Select(SearchExpression.Read).OfType<ImmutableArray<SearchStep>>()
                .SelectMany(steps => SearchElement.Find(shape.Definition, mask, steps)).Where(element => CanRead(definition, element)).ToImmutableArray()
            where !elements.IsEmpty
            select new SearchParameter(definition.Name, definition.Kind, elements);
        return new SearchTable(usable, clientNames);
    }

    /// <summary>
    /// What tells the catalogue's items of a type apart can be asked for even where FHIR R4 has no parameter for it (Flag.category): otherwise a recipient that wants one item would have to take all.
    /// </summary>
    private static IEnumerable<SearchDefinition> OfItems(string type, IReadOnlyCollection<ItemSelector> selectors) =>
        from path in selectors.SelectMany(static pair => pair.Selector.Filters.Select(static filter => filter.Path).Concat(pair.Selector.CodeBinding is null ? [] : ["code"])).Distinct()
        where !path.Contains('.', StringComparison.Ordinal)
        select new SearchDefinition(path, SearchParamType.Token, [$"{type}.{path}"]);

    /// <summary>A reference that leaves points to the client, so one that never does is never there.</summary>
    private static bool CanRead(SearchDefinition definition, SearchElement element) =>
        SearchParameter.CanRead(definition.Kind, element.Type) && (element.Type != "Reference" || definition.CanFindClient);

    private static bool IsClient(SearchDefinition definition, TypeShape shape) =>
        definition.Kind == SearchParamType.Reference && shape.SubjectElement is { } subject
        && definition.Expressions.Count > 0 && definition.Expressions.All(expression => SearchExpression.Read(expression) is [{ Member: null } step] && step.Element == subject);
}
