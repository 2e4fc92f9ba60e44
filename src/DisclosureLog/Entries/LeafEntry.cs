// What stands in the tree, and is public.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Entries;

/// <summary>One leaf: its place, when the log took it in, and the commitment to the record. Nothing in it is the same for two entries of one client.</summary>
public sealed record LeafEntry
{
    /// <summary>Version of the leaf's shape.</summary>
    public const int Schema = 1;

    private const long EndOfSeq = 1L << 53;

    /// <summary>Place in the log, from 0.</summary>
    public required long Seq { get; init; }

    /// <summary>When the log took the entry in; milliseconds count.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>See <see cref="Entries.Commitment"/>.</summary>
    public required Digest Commitment { get; init; }

    /// <summary>The canonical bytes: what the tree hashes and an entry bundle carries.</summary>
    /// <exception cref="FormatException">The place is negative or beyond what JSON can hold exactly.</exception>
    public byte[] ToArray() => Seq is >= 0 and < EndOfSeq
        ? Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"commitment":"{{Commitment}}","schema":{{Schema}},"seq":{{Seq}},"time":"{{CanonicalTime.Write(Time)}}"}"""))
        : throw new FormatException("The place of a leaf is a whole number from 0, below 2^53.");

    /// <summary>The leaf's hash in the tree.</summary>
    public Digest Hash() => MerkleHash.OfLeaf(ToArray());

    /// <summary>Reads canonical bytes; false for anything that <see cref="ToArray"/> would not have written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LeafEntry? leaf)
    {
        leaf = null;
        var cutter = new CanonicalCutter(bytes);
        if (cutter.Skip("{\"commitment\":\""u8)
            && cutter.Take(out Digest commitment)
            && cutter.Skip("\",\"schema\":1,\"seq\":"u8)
            && cutter.Take(out long seq)
            && cutter.Skip(",\"time\":\""u8)
            && cutter.Take(out DateTimeOffset time)
            && cutter.Rest.SequenceEqual("\"}"u8)
            && seq < EndOfSeq)
        {
            leaf = new LeafEntry { Seq = seq, Time = time, Commitment = commitment };
        }

        return leaf is not null;
    }
}
