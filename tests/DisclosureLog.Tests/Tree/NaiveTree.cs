// The tree as RFC 9162 defines it, word for word: the oracle.
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Sisote.Tests.DisclosureLog;

internal sealed class NaiveTree(IReadOnlyList<byte[]> entries)
{
    private readonly ConcurrentDictionary<(int Start, int End), byte[]> known = new();

    internal IReadOnlyList<byte[]> Entries => entries;

    internal static NaiveTree Of(int count) => new([.. Enumerable.Range(0, count).Select(static i => BitConverter.GetBytes(i * 7919))]);

    internal byte[] Root(int size) => Root(0, size);

    internal List<byte[]> Inclusion(int index, int size) => Inclusion(index, 0, size);

    internal List<byte[]> Consistency(int oldSize, int newSize) => SubProof(oldSize, 0, newSize, true);

    private static int Split(int length)
    {
        var split = 1;
        while (split * 2 < length)
        {
            split *= 2;
        }

        return split;
    }

    private byte[] Root(int start, int end) => known.GetOrAdd((start, end), span => Hash(span.Start, span.End));

    private byte[] Hash(int start, int end)
    {
        if (end == start)
        {
            return SHA256.HashData([]);
        }

        if (end - start == 1)
        {
            return SHA256.HashData([0, .. entries[start]]);
        }

        var middle = start + Split(end - start);
        return SHA256.HashData([1, .. Root(start, middle), .. Root(middle, end)]);
    }

    private List<byte[]> Inclusion(int index, int start, int end)
    {
        if (end - start == 1)
        {
            return [];
        }

        var middle = start + Split(end - start);
        return index < middle
            ? [.. Inclusion(index, start, middle), Root(middle, end)]
            : [.. Inclusion(index, middle, end), Root(start, middle)];
    }

    private List<byte[]> SubProof(int oldEnd, int start, int end, bool isKnown)
    {
        if (oldEnd == end)
        {
            return isKnown ? [] : [Root(start, end)];
        }

        var middle = start + Split(end - start);
        return oldEnd <= middle
            ? [.. SubProof(oldEnd, start, middle, isKnown), Root(middle, end)]
            : [.. SubProof(oldEnd, middle, end, false), Root(start, middle)];
    }
}
