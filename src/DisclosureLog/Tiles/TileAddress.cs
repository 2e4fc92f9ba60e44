// The name of a tile.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sisote.DisclosureLog.Tiles;

/// <summary>Up to 256 consecutive hashes of one height of the tree; C2SP tlog-tiles.</summary>
/// <param name="Level">Height in tiles: at 0 the hashes are leaf hashes, at 1 roots of full tiles of level 0, and so on.</param>
/// <param name="Index">Place in the level, from 0.</param>
/// <param name="Width">Number of hashes, 1 to 256; fewer than 256 is a partial tile.</param>
public readonly record struct TileAddress(int Level, long Index, int Width)
{
    /// <summary>Number of hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Levels of the tree between two levels of tiles.</summary>
    public const int Height = 8;

    private const int HighestLevel = 63;

    /// <summary>Whether the tile is full.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The path below the log's address, for example <c>tile/0/x001/x234/067.p/8</c>.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/{TilePath.Write(Index, Width)}");

    /// <summary>Reads <see cref="Path"/>; false for every other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? path, out TileAddress tile)
    {
        tile = default;
        if (path?.Split('/', 3) is not ["tile", var levelText, var rest]
            || !int.TryParse(levelText, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            || level > HighestLevel
            || !TilePath.TryRead(rest, out var index, out var width))
        {
            return false;
        }

        tile = new TileAddress(level, index, width);
        return tile.Path == path;
    }

    /// <summary>The tile of this level and index in a tree of the given size, as wide as it is there; null when it does not exist.</summary>
    public static TileAddress? In(long size, int level, long index)
    {
        var width = Math.Min(HashesAt(size, level) - (index * FullWidth), FullWidth);
        return width > 0 ? new TileAddress(level, index, (int)width) : null;
    }

    /// <summary>The tiles, full and partial, that a tree needs when it has grown from one size to another: what is to be written before its checkpoint.</summary>
    public static IEnumerable<TileAddress> Grown(long oldSize, long newSize)
    {
        for (var level = 0; HashesAt(newSize, level) > 0; level++)
        {
            var (before, now) = (HashesAt(oldSize, level), HashesAt(newSize, level));
            for (var index = before / FullWidth; before < now && index * FullWidth < now; index++)
            {
                yield return new TileAddress(level, index, (int)Math.Min(now - (index * FullWidth), FullWidth));
            }
        }
    }

    /// <summary>How many hashes a level holds in a tree of the given size.</summary>
    public static long HashesAt(long size, int level) => level * Height < 63 ? size >> (level * Height) : 0;
}
