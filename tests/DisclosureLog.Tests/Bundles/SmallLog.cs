// A log small enough to be broken in every way.
using System.Buffers.Binary;
using System.Security.Cryptography;
using Sisote.DisclosureLog.Bundles;
using Sisote.DisclosureLog.Checkpoints;
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.Tests.DisclosureLog;

internal sealed class SmallLog
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 17, 0, 0, TimeSpan.Zero);

    private readonly NoteSigner signer;

    internal SmallLog(NoteSigner signer, IEnumerable<LogEntry> entries)
    {
        this.signer = signer;
        foreach (var entry in entries)
        {
            var seq = Entries.Count;
            var (salt, record) = (Salt(seq), CanonicalForm.Write(entry));
            var leaf = new LeafEntry { Seq = seq, Time = entry.Time, Commitment = Commitment.Of(salt, record) };
            Leaves.Add(leaf);
            Entries.Add(new BundleEntry { Leaf = leaf.ToArray(), Salt = salt, Record = record });
            Tree.Append(leaf.Hash());
            Checkpoints.Add(new Checkpoint { Origin = signer.Verifier.Name, Size = Tree.Size, Root = Tree.Root() }.Sign(signer));
        }
    }

    internal List<BundleEntry> Entries { get; } = [];

    internal List<LeafEntry> Leaves { get; } = [];

    internal CompactRange Tree { get; } = new();

    internal List<Note> Checkpoints { get; } = [];

    internal static SmallLog Of(NoteSigner signer, int size) => new(signer, Enumerable.Range(0, size).Select(static i => SomeEntries.Full with
    {
        Id = $"entry-{i}",
        Time = Start.AddSeconds(i),
        Items = [],
        Attestations = [],
        Resources = [],
        Catalogue = null,
        From = null,
        To = null,
    }));

    internal static LeafEntry Leaf(long seq) => new() { Seq = seq, Time = Start.AddMilliseconds(seq % 1_000_000), Commitment = Commitment.Of(Salt(seq), "{}"u8) };

    internal void Erase(int index) => Entries[index] = new BundleEntry { Leaf = Entries[index].Leaf };

    internal async Task<byte[]> ExportAsync(CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        var checkpoint = Checkpoints.Count > 0 ? Checkpoints[^1] : new Checkpoint { Origin = signer.Verifier.Name, Size = 0, Root = MerkleHash.Empty }.Sign(signer);
        var writer = BundleWriter.Start(file, signer.Verifier, checkpoint);
        foreach (var entry in Entries)
        {
            await writer.AddAsync(entry, cancellationToken);
        }

        await writer.FinishAsync(cancellationToken);
        return file.ToArray();
    }

    /// <summary>A salt that every run makes alike; a real one is random.</summary>
    private static byte[] Salt(long seq)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seq);
        return SHA256.HashData(bytes);
    }
}
