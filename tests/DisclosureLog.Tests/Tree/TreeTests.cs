// The tree against outside vectors and against a slow tree for every size up to 300.
using System.Text.Json;
using Sisote.DisclosureLog.Tree;
using Sisote.Tests.Testing;

namespace Sisote.Tests.DisclosureLog;

public sealed class TreeTests
{
    private const int LargestSize = 300;

    private static readonly NaiveTree Slow = NaiveTree.Of(LargestSize);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void TheTreeOfRfc6962HasTheKnownRootsAndNodes()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(SharedData.Require("tlog-merkle", "rfc6962-vectors.json")));
        var inputs = Hex(vectors.RootElement.GetProperty("leaf_inputs_hex"));
        var roots = Hex(vectors.RootElement.GetProperty("root_by_tree_size_hex"));
        var levels = vectors.RootElement.GetProperty("node_hashes_by_level").EnumerateArray().Select(Hex).ToArray();
        var range = new CompactRange();
        var nodes = new Dictionary<NodeAddress, Digest>();

        Assert.Equal(roots[0], range.Root().ToArray());
        for (var i = 0; i < inputs.Length; i++)
        {
            range.Append(MerkleHash.OfLeaf(inputs[i]), nodes.Add);
            Assert.Equal(roots[i + 1], range.Root().ToArray());
        }

        Assert.Equal(8, inputs.Length);
        Assert.Equal(levels.Sum(static level => level.Length), nodes.Count);
        Assert.All(nodes, node => Assert.Equal(levels[node.Key.Level][node.Key.Index], node.Value.ToArray()));
    }

    [Fact]
    public void TheRightEdgeOfTheTreeGivesTheSameRootAsTheSlowTreeForEverySize()
    {
        var range = new CompactRange();
        for (var size = 0; size <= LargestSize; size++)
        {
            Assert.Equal(Slow.Root(size), range.Root().ToArray());
            if (size < LargestSize)
            {
                range.Append(MerkleHash.OfLeaf(Slow.Entries[size]));
            }
        }
    }

    [Fact]
    public void EveryInclusionProofEqualsTheSlowOneAndVerifies()
    {
        Parallel.For(1, LargestSize + 1, size =>
        {
            var tree = new KeptTree(Slow.Entries.Take(size));
            for (var index = 0; index < size; index++)
            {
                var proof = Finished(InclusionProof.MakeAsync(index, size, tree.Source, Cancel));

                AssertSame(Slow.Inclusion(index, size), proof.Path);
                Assert.True(proof.Verify(MerkleHash.OfLeaf(Slow.Entries[index]), tree.Root));
                Assert.False(proof.Verify(MerkleHash.OfLeaf([1]), tree.Root));
                Assert.False((proof with { Index = (index + 1) % (size + 1) }).Verify(MerkleHash.OfLeaf(Slow.Entries[index]), tree.Root));
            }
        });
    }

    [Fact]
    public void EveryConsistencyProofEqualsTheSlowOneAndVerifies()
    {
        var roots = Enumerable.Range(0, LargestSize + 1).Select(size => new KeptTree(Slow.Entries.Take(size)).Root).ToArray();
        Parallel.For(1, LargestSize + 1, size =>
        {
            var tree = new KeptTree(Slow.Entries.Take(size));
            for (var oldSize = 1; oldSize <= size; oldSize++)
            {
                var proof = Finished(ConsistencyProof.MakeAsync(oldSize, size, tree.Source, Cancel));

                AssertSame(Slow.Consistency(oldSize, size), proof.Path);
                Assert.True(proof.Verify(roots[oldSize], roots[size]));
                Assert.False(proof.Verify(roots[oldSize - 1], roots[size]));
                Assert.False(proof.Verify(roots[oldSize], roots[size - 1]));
            }
        });
    }

    [Fact]
    public async Task TheRightEdgeSurvivesStorageAndContinuesTheSameTree()
    {
        for (var size = 0; size < LargestSize; size += 7)
        {
            var tree = new KeptTree(Slow.Entries.Take(size));
            var stored = CompactRange.FromArray(tree.Range.ToArray());
            var rebuilt = await CompactRange.FromAsync(size, tree.Source, Cancel);
            var copy = stored.Copy();
            copy.Append(MerkleHash.OfLeaf(Slow.Entries[size]));

            Assert.Equal(size, stored.Size);
            Assert.Equal(tree.Root, stored.Root());
            Assert.Equal(tree.Range.ToArray(), rebuilt.ToArray());
            Assert.Equal(Slow.Root(size + 1), copy.Root().ToArray());
        }
    }

    [Fact]
    public void ADamagedRightEdgeIsRefused()
    {
        var bytes = new KeptTree(Slow.Entries.Take(5)).Range.ToArray();

        Assert.Throws<FormatException>(() => CompactRange.FromArray(bytes.AsSpan(..^1)));
        Assert.Throws<FormatException>(() => CompactRange.FromArray([0xFF, .. bytes.AsSpan(1)]));
        Assert.Throws<FormatException>(() => CompactRange.FromArray([]));
        Assert.Throws<FormatException>(() => CompactRange.FromArray([.. bytes.AsSpan(0, 7), 7, .. bytes.AsSpan(8)]));
    }

    [Fact]
    public async Task NoProofIsMadeForALeafOrATreeThatIsNotThere()
    {
        var tree = new KeptTree(Slow.Entries.Take(4));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await InclusionProof.MakeAsync(4, 4, tree.Source, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await InclusionProof.MakeAsync(-1, 4, tree.Source, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ConsistencyProof.MakeAsync(0, 4, tree.Source, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ConsistencyProof.MakeAsync(5, 4, tree.Source, Cancel));
    }

    private static void AssertSame(IEnumerable<byte[]> slow, IEnumerable<Digest> path) =>
        Assert.True(slow.Select(static hash => new Digest(hash)).SequenceEqual(path), "The proof differs from the slow one.");

    private static T Finished<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("Hashes from memory never wait.");

    private static byte[][] Hex(JsonElement list) => [.. list.EnumerateArray().Select(static text => Convert.FromHexString(text.GetString()!))];
}
