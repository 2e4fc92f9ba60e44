// A tree that keeps every complete subtree in memory, as a store would.
using Sisote.DisclosureLog.Tree;

namespace Sisote.Tests.DisclosureLog;

internal sealed class KeptTree
{
    internal KeptTree(IEnumerable<byte[]> entries)
    {
        foreach (var entry in entries)
        {
            Range.Append(MerkleHash.OfLeaf(entry), Nodes.Add);
        }
    }

    internal CompactRange Range { get; } = new();

    internal Dictionary<NodeAddress, Digest> Nodes { get; } = [];

    internal Digest Root => Range.Root();

    internal HashSource Source => (node, _) => ValueTask.FromResult(Nodes[node]);
}
