// A resource that somebody wants to send.
using System.Collections.Immutable;
using Sisote.Gateway.Minimising;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Entries;

/// <summary>One resource of an entry.</summary>
/// <param name="Path">Where it stands, as a FHIRPath.</param>
/// <param name="FullUrl">How other resources of the entry may refer to it, where it says so.</param>
/// <param name="Shape">Its type.</param>
/// <param name="Index">What it says of itself.</param>
internal sealed record EntryResource(string Path, string? FullUrl, TypeShape Shape, ResourceIndex Index)
{
    /// <summary>The selectors that the law lets it carry.</summary>
    internal ImmutableArray<ItemSelector> Matched { get; init; } = [];

    /// <summary>The items that it carries.</summary>
    internal IEnumerable<DataItemId> Items => Matched.Select(static pair => pair.Item).Distinct();
}
