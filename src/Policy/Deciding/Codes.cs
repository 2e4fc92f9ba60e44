// Codes as small numbers, so that deciding reads tables where it would compare texts.
using System.Collections.Frozen;

namespace Sisote.Policy.Deciding;

/// <summary>The codes of one kind, numbered from 1 in the order given; 0 = a code that the law does not know.</summary>
internal sealed class Codes
{
    internal const ushort Unknown = 0;

    private readonly FrozenDictionary<string, ushort> numbers;

    internal Codes(IEnumerable<string> codes)
    {
        // INVARIANT: a number fits 16 bits, because a corridor is found by four of them in one 64-bit key; more codes than that do not compile.
        numbers = codes.Where(static code => code.Length > 0).Distinct(StringComparer.Ordinal)
            .Select(static (code, index) => KeyValuePair.Create(code, checked((ushort)(index + 1))))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>How many numbers there are, the unknown included.</summary>
    internal int Count => numbers.Count + 1;

    internal ushort NumberOf(string code) => numbers.TryGetValue(code, out var number) ? number : Unknown;

    /// <summary>A table by number that is true for these codes.</summary>
    internal bool[] Mark(IEnumerable<string> codes)
    {
        var marks = new bool[Count];
        foreach (var code in codes)
        {
            marks[NumberOf(code)] = true;
        }

        marks[Unknown] = false;
        return marks;
    }
}
