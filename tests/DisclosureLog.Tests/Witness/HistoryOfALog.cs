// A log with a past that its keeper may change.
using System.Buffers.Binary;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Tree;
using Sisote.DisclosureLog.Witness;

namespace Sisote.Tests.DisclosureLog;

/// <summary>Leaves as numbers; every proof is made from scratch.</summary>
internal sealed class HistoryOfALog(NoteSigner signer, IEnumerable<int> leaves)
{
    internal List<int> Leaves { get; } = [.. leaves];

    internal NoteSigner Signer => signer;

    internal Checkpoint At(int size) => new() { Origin = signer.Verifier.Name, Size = size, Root = Tree(size).Root };

    internal Note Note(int size) => At(size).Sign(signer);

    internal async Task<AddCheckpoint> RequestAsync(int oldSize, int size) => new()
    {
        OldSize = oldSize,
        Path = oldSize == 0 ? [] : (await ConsistencyProof.MakeAsync(oldSize, size, Tree(size).Source, CancellationToken.None)).Path,
        Note = Note(size),
        Checkpoint = At(size),
    };

    /// <summary>Whether these leaves are a beginning of the other log's.</summary>
    internal bool IsBeginningOf(HistoryOfALog other, int size) => other.Leaves.Count >= size && Leaves.Take(size).SequenceEqual(other.Leaves.Take(size));

    private KeptTree Tree(int size) => new(Leaves.Take(size).Select(Bytes));

    private static byte[] Bytes(int leaf)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, leaf);
        return bytes;
    }
}
