// The leaves of one tile of level 0, as they are served.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Sisote.DisclosureLog.Tiles;

/// <summary>Up to 256 leaf entries, each behind its length in two bytes, most significant first; C2SP tlog-tiles.</summary>
public static class EntryBundle
{
    private const string Prefix = "tile/entries/";

    /// <summary>The path of a bundle below the log's address, for example <c>tile/entries/000.p/5</c>.</summary>
    public static string PathOf(long index, int width) => Prefix + TilePath.Write(index, width);

    /// <summary>Reads what <see cref="PathOf"/> wrote; false for every other text.</summary>
    public static bool TryParsePath([NotNullWhen(true)] string? path, out long index, out int width)
    {
        (index, width) = (0, 0);
        return path is not null
            && path.StartsWith(Prefix, StringComparison.Ordinal)
            && TilePath.TryRead(path[Prefix.Length..], out index, out width)
            && PathOf(index, width) == path;
    }

    /// <summary>Joins leaf entries.</summary>
    /// <exception cref="FormatException">An entry is longer than 65,535 bytes.</exception>
    public static byte[] Write(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        var bundle = new byte[entries.Sum(static entry => sizeof(ushort) + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            if (entry.Length > ushort.MaxValue)
            {
                throw new FormatException("An entry of a bundle has at most 65,535 bytes.");
            }

            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Cuts a bundle into its entries; false when the lengths do not fit the bytes.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, out IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var list = new List<ReadOnlyMemory<byte>>();
        entries = list;
        while (bundle.Length >= sizeof(ushort))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            bundle = bundle[sizeof(ushort)..];
            if (bundle.Length < length)
            {
                return false;
            }

            list.Add(bundle[..length]);
            bundle = bundle[length..];
        }

        return bundle.IsEmpty;
    }
}
