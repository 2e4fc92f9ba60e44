// A full tile with everything between its hashes and its root.
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Tiles;

/// <summary>The 256 hashes of a full tile and the 254 inner nodes above them, so that no node of a proof is hashed twice. About 16 KB; a full tile never changes.</summary>
internal sealed class TileTree
{
    private readonly Digest[][] levels = new Digest[TileAddress.Height][];

    /// <summary>Hashes the inner nodes of a full tile.</summary>
    internal TileTree(ReadOnlySpan<byte> tile)
    {
        levels[0] = new Digest[TileAddress.FullWidth];
        for (var i = 0; i < TileAddress.FullWidth; i++)
        {
            levels[0][i] = new Digest(tile.Slice(i * Digest.Length, Digest.Length));
        }

        for (var level = 1; level < TileAddress.Height; level++)
        {
            var below = levels[level - 1];
            levels[level] = new Digest[below.Length / 2];
            for (var i = 0; i < levels[level].Length; i++)
            {
                levels[level][i] = MerkleHash.OfNode(below[2 * i], below[(2 * i) + 1]);
            }
        }
    }

    /// <summary>The node at a height above the tile's hashes, by its place within the tile.</summary>
    internal Digest Node(int rise, int place) => levels[rise][place];
}
