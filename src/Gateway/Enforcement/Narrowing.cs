// Makes a search ask for no more than may be seen.
using System.Collections.Concurrent;
using Sisote.Gateway.Forwarding;
using Sisote.Gateway.Minimising;

namespace Sisote.Gateway.Enforcement;

/// <summary>
/// The filters that every permitted item sets anyway, so that the source sends little that would stay here. The caller's own parameters are not among them: a source would hold them against
/// what stays, and they are held against what leaves (<see cref="Searching.Question"/>).
/// </summary>
/// <remarks>They depend on the catalogue alone, so they are written once for each set of items that some decision permitted.</remarks>
internal sealed class Narrowing
{
    private static readonly string[] FilteredParameters = ["category", "code"];
    private readonly ConcurrentDictionary<(string Type, ulong Permitted), string> known = new();

    /// <summary>The parameters for the source, as a form has them.</summary>
    /// <param name="shape">The type that is searched.</param>
    /// <param name="permitted">The selectors of the permitted items, one bit each.</param>
    internal string Filters(TypeShape shape, ulong permitted) =>
        known.TryGetValue((shape.Name, permitted), out var written) ? written : known.GetOrAdd((shape.Name, permitted), UpstreamRequest.Form(Find(shape, permitted)));

    private static IEnumerable<(string Name, string Value)> Find(TypeShape shape, ulong permitted)
    {
        var selectors = shape.Conditions.Selectors.Where((_, place) => (permitted >> place & 1) != 0).ToArray();
        foreach (var name in FilteredParameters)
        {
            var allowed = selectors.Select(pair => pair.Selector.Filters.FirstOrDefault(filter => filter.Path == name)).ToArray();
            if (allowed.Length > 0 && !allowed.Contains(null))
            {
                yield return (name, string.Join(',', allowed.SelectMany(static filter => filter!.Codes.Select(code => $"{filter.System}|{code}")).Distinct()));
            }
        }
    }
}
