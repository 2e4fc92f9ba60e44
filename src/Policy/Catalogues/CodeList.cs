// A closed list of codes with the labels that Sisote itself writes.
using System.Collections.Immutable;

namespace Sisote.Policy.Catalogues;

/// <summary>A closed list of codes. Displays that leave come from here, never from the source.</summary>
public sealed record CodeList
{
    /// <summary>Id in the catalogue, for example <c>sisote-exercise-restriction-vs</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Code system URI.</summary>
    public required string System { get; init; }

    /// <summary>Labels by code.</summary>
    public required ImmutableSortedDictionary<string, LocalisedText> Codes { get; init; }
}
