// Makes a search ask for no more than may be seen.
using System.Collections.Immutable;
using Sisote.Gateway.Minimising;
using Sisote.Gateway.Requests;

namespace Sisote.Gateway.Enforcement;

/// <summary>Adds to a search the filters that every permitted item sets anyway, so that the source sends little that would stay here.</summary>
internal static class Narrowing
{
    private static readonly string[] FilteredParameters = ["category", "code"];

    /// <summary>The filters for the source; null where the caller asks only for what it may not see.</summary>
    internal static ImmutableArray<SearchFilter>? Narrow(Interaction.Search search, ImmutableArray<ItemSelector> permitted)
    {
        var filters = search.Filters.Where(static filter => !FilteredParameters.Contains(filter.Name)).ToImmutableArray().ToBuilder();
        foreach (var name in FilteredParameters)
        {
            var asked = search.Filters.FirstOrDefault(filter => filter.Name == name);
            var allowed = permitted.Select(pair => pair.Selector.Filters.FirstOrDefault(filter => filter.Path == name)).ToArray();
            if (allowed.Length == 0 || allowed.Contains(null))
            {
                if (asked is not null)
                {
                    filters.Add(asked);
                }

                continue;
            }

            var tokens = allowed.SelectMany(static filter => filter!.Codes.Select(code => new SearchToken(filter.System, code))).Distinct()
                .Where(token => asked is null || asked.Tokens.Contains(token)).ToImmutableArray();
            if (tokens.IsEmpty)
            {
                return null;
            }

            filters.Add(new SearchFilter(name, tokens));
        }

        return filters.ToImmutable();
    }
}
