// Makes a search ask for no more than may be seen.
using System.Collections.Immutable;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Enforcement;

/// <summary>
/// The filters that every permitted item sets anyway, so that the source sends little that would stay here. The caller's own parameters are not among them: a source would hold them against
/// what stays, and they are held against what leaves (<see cref="Searching.Question"/>).
/// </summary>
internal static class Narrowing
{
    private static readonly string[] FilteredParameters = ["category", "code"];

    /// <summary>The parameters for the source.</summary>
    internal static IEnumerable<(string Name, string Value)> Filters(ImmutableArray<ItemSelector> permitted)
    {
        foreach (var name in FilteredParameters)
        {
            var allowed = permitted.Select(pair => pair.Selector.Filters.FirstOrDefault(filter => filter.Path == name)).ToArray();
            if (allowed.Length > 0 && !allowed.Contains(null))
            {
                yield return (name, string.Join(',', allowed.SelectMany(static filter => filter!.Codes.Select(code => $"{filter.System}|{code}")).Distinct()));
            }
        }
    }
}
