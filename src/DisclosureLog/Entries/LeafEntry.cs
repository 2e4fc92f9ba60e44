// What stands in the tree, and is public.
using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Entries;

/// <summary>One leaf: its place, when the log took it in, and the commitment to the record. Nothing in it is the same for two entries of one client.</summary>
public sealed record LeafEntry
{
    /// <summary>Version of the leaf's shape.</summary>
    public const int Schema = 1;

    private const string BeforeSeq = """{"commitment":"############################################","schema":1,"seq":""";
    private const string AfterSeq = ",\"time\":\"yyyy-MM-ddTHH:mm:ss.fffZ\"}";
    private const int CommitmentAt = 15;
    private const int TimeAt = 9;
    private const int LongestLeaf = 160;

    /// <summary>Place in the log, from 0.</summary>
    public required long Seq { get; init; }

    /// <summary>When the log took the entry in; milliseconds count.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>See <see cref="Entries.Commitment"/>.</summary>
    public required Digest Commitment { get; init; }

    /// <summary>The canonical bytes: what the tree hashes and an entry bundle carries.</summary>
    public byte[] ToArray()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Seq);
        var output = new ArrayBufferWriter<byte>(160);
        var json = new CanonicalWriter(output);
        json.StartObject();
        json.Name("commitment");
        json.Text(Commitment.ToString());
        json.Name("schema");
        json.Number(Schema);
        json.Name("seq");
        json.Number(Seq);
        json.Name("time");
        json.Text(CanonicalTime.Write(Time));
        json.EndObject();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The leaf's hash in the tree.</summary>
    public Digest Hash() => MerkleHash.OfLeaf(ToArray());

    /// <summary>Reads canonical bytes; false for anything that <see cref="ToArray"/> would not have written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LeafEntry? leaf)
    {
        leaf = null;
        if (bytes.Length > LongestLeaf
            || bytes.Length < BeforeSeq.Length + AfterSeq.Length
            || !Utf8Parser.TryParse(bytes[BeforeSeq.Length..], out long seq, out var digits)
            || seq < 0)
        {
            return false;
        }

        var afterSeq = BeforeSeq.Length + digits;
        var text = Encoding.Latin1.GetString(bytes);
        if (bytes.Length != afterSeq + AfterSeq.Length
            || !Digest.TryParse(text.Substring(CommitmentAt, 44), out var commitment)
            || !CanonicalTime.TryRead(text.Substring(afterSeq + TimeAt, 24), out var time))
        {
            return false;
        }

        var read = new LeafEntry { Seq = seq, Time = time, Commitment = commitment };
        leaf = seq < 1L << 53 && bytes.SequenceEqual(read.ToArray()) ? read : null;
        return leaf is not null;
    }
}
