// A consent as a decision cites it.
using Sisote.Policy.Ids;

namespace Sisote.Policy.Decisions;

/// <summary>Which version of which consent a permit rests on.</summary>
public sealed record ConsentReference
{
    /// <summary>The consent.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Its form.</summary>
    public required ConsentFormId Form { get; init; }
}
