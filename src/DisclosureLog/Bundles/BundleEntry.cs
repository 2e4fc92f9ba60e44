// One entry as an exported bundle carries it.
namespace Sisote.DisclosureLog.Bundles;

/// <summary>The leaf entry and, unless they were erased, the salt and the record.</summary>
public readonly record struct BundleEntry
{
    /// <summary>Canonical bytes of the leaf entry.</summary>
    public required ReadOnlyMemory<byte> Leaf { get; init; }

    /// <summary>The salt; null once erased.</summary>
    public ReadOnlyMemory<byte>? Salt { get; init; }

    /// <summary>The canonical bytes of the record; null once erased.</summary>
    public ReadOnlyMemory<byte>? Record { get; init; }

    /// <summary>Whether salt and record are gone.</summary>
    public bool IsErased => Salt is null && Record is null;
}
