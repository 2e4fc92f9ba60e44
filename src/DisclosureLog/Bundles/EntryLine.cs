// The line of one entry, cut at its fixed places.
using Sisote.DisclosureLog.Entries;
using Sisote.DisclosureLog.Tree;

namespace Sisote.DisclosureLog.Bundles;

/// <summary>
/// The parts of <c>{"hash":"...","leaf":{...},"record":{...},"salt":"..."}</c>. All that stands between the parts is fixed,
/// so that a line which is cut without refusal has the one form that <see cref="BundleLine"/> writes, the record's own bytes excepted: those the leaf commits to.
/// </summary>
internal readonly ref struct EntryLine
{
    internal Digest Hash { get; private init; }

    internal ReadOnlySpan<byte> Leaf { get; private init; }

    /// <summary>Empty where the record was erased.</summary>
    internal ReadOnlySpan<byte> Record { get; private init; }

    internal Digest Salt { get; private init; }

    private static ReadOnlySpan<byte> End => "}\n"u8;

    private static ReadOnlySpan<byte> BeforeSalt => ",\"salt\":\""u8;

    private static ReadOnlySpan<byte> AfterSalt => "\"}\n"u8;

    internal bool IsErased => Record.IsEmpty;

    internal static bool TryCut(ReadOnlySpan<byte> line, out EntryLine cut)
    {
        cut = default;
        var cutter = new CanonicalCutter(line);
        if (!cutter.Skip("{\"hash\":\""u8)
            || !cutter.Take(out Digest hash)
            || !cutter.Skip("\",\"leaf\":"u8)
            || !cutter.Take(cutter.Rest.IndexOf((byte)'}') + 1, out var leaf))
        {
            return false;
        }

        if (cutter.Rest.SequenceEqual(End))
        {
            cut = new EntryLine { Hash = hash, Leaf = leaf };
            return true;
        }

        return TryCutRecord(cutter, new EntryLine { Hash = hash, Leaf = leaf }, out cut);
    }

    private static bool TryCutRecord(CanonicalCutter cutter, EntryLine erased, out EntryLine cut)
    {
        cut = default;
        if (!cutter.Skip(",\"record\":"u8)
            || !cutter.Take(cutter.Rest.Length - (BeforeSalt.Length + CanonicalCutter.Base64Length + AfterSalt.Length), out var record)
            || !cutter.Skip(BeforeSalt)
            || !cutter.Take(out Digest salt)
            || !cutter.Rest.SequenceEqual(AfterSalt))
        {
            return false;
        }

        cut = new EntryLine { Hash = erased.Hash, Leaf = erased.Leaf, Record = record, Salt = salt };
        return true;
    }
}
