// Something in an answer that should not be there, or that is missing.
namespace Sisote.Tests.Leaks.House;

/// <summary>What was found.</summary>
internal enum FindingKind
{
    /// <summary>A mark of an element that no permitted item names.</summary>
    Mark,

    /// <summary>A resource that must stay.</summary>
    Released,

    /// <summary>A word of the source's envelope, headers or address.</summary>
    Envelope,

    /// <summary>The client's national identifier where no item lets it go.</summary>
    Identifier,

    /// <summary>A resource that the items let go and that did not come: then the probes prove nothing.</summary>
    Missing,

    /// <summary>A resource that is not what the reference lets go, though no mark tells of it.</summary>
    Different,
}

/// <summary>One finding of the sweep.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">The element.</param>
/// <param name="Where">Whose answer to what.</param>
internal sealed record Finding(FindingKind Kind, string Path, string Where)
{
    /// <inheritdoc />
    public override string ToString() => $"{Kind} {Path} ({Where})";
}
