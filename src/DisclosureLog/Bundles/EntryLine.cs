// The line of one entry, cut at its fixed places.
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>
/// The parts of <c>{"hash":"...","leaf":{...},"record":{...},"salt":"..."}</c>. All that stands between the parts is fixed,
/// so that a line which is cut without refusal has the one form that <see cref="BundleLine"/> writes, the record's own bytes excepted: those the leaf commits to.
/// </summary>
internal readonly ref struct EntryLine
{
    private const int Base64Length = 44;

    internal Digest Hash { get; private init; }

    internal ReadOnlySpan<byte> Leaf { get; private init; }

    /// <summary>Empty where the record was erased.</summary>
    internal ReadOnlySpan<byte> Record { get; private init; }

    internal Digest Salt { get; private init; }

    internal bool IsErased => Record.IsEmpty;

    internal static bool TryCut(ReadOnlySpan<byte> line, out EntryLine cut)
    {
        cut = default;
        var rest = line;
        if (!Skip(ref rest, "{\"hash\":\""u8) || !TakeDigest(ref rest, out var hash) || !Skip(ref rest, "\",\"leaf\":"u8) || rest.IndexOf((byte)'}') is not (> 0 and var leafEnd))
        {
            return false;
        }

        var leaf = rest[..(leafEnd + 1)];
        rest = rest[(leafEnd + 1)..];
        if (rest.SequenceEqual("}\n"u8))
        {
            cut = new EntryLine { Hash = hash, Leaf = leaf };
            return true;
        }

        var saltAt = rest.Length - (",\"salt\":\""u8.Length + Base64Length + "\"}\n"u8.Length);
        if (!Skip(ref rest, ",\"record\":"u8) || saltAt - ",\"record\":"u8.Length is not (> 0 and var recordLength))
        {
            return false;
        }

        var record = rest[..recordLength];
        rest = rest[recordLength..];
        if (!Skip(ref rest, ",\"salt\":\""u8) || !TakeDigest(ref rest, out var salt) || !rest.SequenceEqual("\"}\n"u8))
        {
            return false;
        }

        cut = new EntryLine { Hash = hash, Leaf = leaf, Record = record, Salt = salt };
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }

    private static bool TakeDigest(ref ReadOnlySpan<byte> rest, out Digest digest)
    {
        digest = default;
        if (rest.Length < Base64Length || !Digest.TryParse(rest[..Base64Length], out digest))
        {
            return false;
        }

        rest = rest[Base64Length..];
        return true;
    }
}
