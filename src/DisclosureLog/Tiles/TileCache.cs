// Full tiles that were read before.
namespace Sisote.DisclosureLog.Tiles;

/// <summary>Keeps full tiles of one log, hashed through, up to a fixed number: memory does not grow with the log. Safe for several threads.</summary>
/// <remarks>A full tile never changes, so nothing in here can be old. Tiles that are not full are never kept. When it is full, everything is forgotten and kept anew as it is used.</remarks>
public sealed class TileCache
{
    private readonly Lock gate = new();
    private readonly Dictionary<TileAddress, TileTree> upper = [];
    private readonly Dictionary<TileAddress, TileTree> leaves = [];
    private readonly int most;

    /// <summary>Makes a cache.</summary>
    /// <param name="most">Full tiles to keep, of level 0 and of the levels above it each; 16 KB each. <value>256: 8 MB at most</value></param>
    public TileCache(int most = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        this.most = most;
    }

    internal TileTree? Find(TileAddress address)
    {
        lock (gate)
        {
            return Half(address).GetValueOrDefault(address);
        }
    }

    internal void Keep(TileAddress address, TileTree tree)
    {
        lock (gate)
        {
            var half = Half(address);
            if (half.Count >= most)
            {
                half.Clear();
            }

            half[address] = tree;
        }
    }

    /// <summary>The many tiles of leaves must not push out the few above them, which every proof needs.</summary>
    private Dictionary<TileAddress, TileTree> Half(TileAddress address) => address.Level == 0 ? leaves : upper;
}
