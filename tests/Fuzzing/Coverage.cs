// Which branches an input took, as the instrumented gateway counts them.
using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Sisote.Tests.Fuzzing;

/// <summary>The map of AFL: one byte per edge, counts in eight buckets. One thread only.</summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;
    private readonly byte* map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] seen = new byte[Size];

    internal Coverage() => Trace.SharedMem = map;

    /// <summary>How many edges were ever taken.</summary>
    internal int Edges { get; private set; }

    /// <summary>Before an input.</summary>
    internal void Begin()
    {
        Trace.PrevLocation = 0;
        NativeMemory.Clear(map, Size);
    }

    /// <summary>After it: whether it took an edge, or took one as often, as no input before.</summary>
    internal bool IsNew()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(map, Size / sizeof(ulong));
        for (var word = words.IndexOfAnyExcept(0UL); word >= 0;)
        {
            for (var place = word * sizeof(ulong); place < (word + 1) * sizeof(ulong); place++)
            {
                if (map[place] != 0 && (seen[place] & BucketOf(map[place])) == 0)
                {
                    isNew = true;
                    Edges += seen[place] == 0 ? 1 : 0;
                    seen[place] |= BucketOf(map[place]);
                }
            }

            var next = words[(word + 1)..].IndexOfAnyExcept(0UL);
            word = next < 0 ? -1 : word + 1 + next;
        }

        return isNew;
    }

    /// <summary>1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more.</summary>
    private static byte BucketOf(byte count) => (byte)(1 << count switch
    {
        <= 3 => count - 1,
        <= 31 => BitOperations.Log2(count) + 1,
        <= 127 => 6,
        _ => 7,
    });
}
