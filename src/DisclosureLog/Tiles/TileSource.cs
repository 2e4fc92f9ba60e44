// Where tiles come from.
namespace Sisote.DisclosureLog.Tiles;

/// <summary>Gives the bytes of one tile: <see cref="TileAddress.Width"/> times 32 bytes. A database, a folder or another instance's door supplies it.</summary>
public delegate ValueTask<ReadOnlyMemory<byte>> TileSource(TileAddress tile, CancellationToken cancellationToken);
