// Where proofs get the hashes from.
namespace Sisote.DisclosureLog.Tree;

/// <summary>Gives the hash of one complete subtree of a log; whoever keeps the hashes supplies it.</summary>
/// <remarks><see cref="Tiles.TileHashes"/> makes one from tiles.</remarks>
public delegate ValueTask<Digest> HashSource(NodeAddress node, CancellationToken cancellationToken);
