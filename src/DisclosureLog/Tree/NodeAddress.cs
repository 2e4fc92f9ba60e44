// Where a complete subtree stands.
namespace Sisote.DisclosureLog.Tree;

/// <summary>A complete subtree: the leaves from <c>Index * 2^Level</c> up to, not including, <c>(Index + 1) * 2^Level</c>.</summary>
/// <param name="Level">Height above the leaves; 0 is a leaf.</param>
/// <param name="Index">Place among the subtrees of this height, from the left, from 0.</param>
public readonly record struct NodeAddress(int Level, long Index);
