// The ends of texts and of subtrees that nobody will ask for, from the bits.
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sisote.Gateway.Minimising;

internal ref partial struct JsonScan
{
    /// <summary>The position of the next quote or backslash that matters, or the end of the message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int NextSpecial(int at)
    {
        var word = bits[at / JsonBits.Block * 2] >> at; // a shift takes the position within the word
        return word != 0 ? at + BitOperations.TrailingZeroCount(word) : NextSpecialFarther((at / JsonBits.Block) + 1);
    }

    private readonly int NextSpecialFarther(int block)
    {
        for (; block * JsonBits.Block < text.Length; block++)
        {
            if (bits[block * 2] is not 0 and var word)
            {
                return (block * JsonBits.Block) + BitOperations.TrailingZeroCount(word);
            }
        }

        return text.Length;
    }

    /// <summary>
    /// The position after the object or array that begins here. Only its brackets are looked at: they must match in kind and be nested no deeper than allowed. With what holds for the whole
    /// message (UTF-8, texts that end, no control characters in them), that is all that is checked of what is dropped (docs/minimising.md).
    /// </summary>
    private readonly int StepOver(int start, int depth)
    {
        var (open, levels, block) = (0UL, depth, start / JsonBits.Block);
        for (var word = bits[(block * 2) + 1] & (ulong.MaxValue << start); ; word = bits[(block * 2) + 1])
        {
            for (; word != 0; word &= word - 1)
            {
                var at = (block * JsonBits.Block) + BitOperations.TrailingZeroCount(word);
                if (!TryCount(text[at], ref open, ref levels) || levels > StrictJson.MaximumDepth)
                {
                    return Bad;
                }

                if (levels == depth)
                {
                    return at + 1;
                }
            }

            if (++block * JsonBits.Block >= text.Length)
            {
                return Bad;
            }
        }
    }

    /// <summary>Opens or closes a bracket; the kinds of those open are kept as bits, the innermost lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCount(byte bracket, ref ulong open, ref int levels)
    {
        var kind = (ulong)(bracket >> 5) & 1;
        switch (bracket)
        {
            case (byte)'{' or (byte)'[':
                open = (open << 1) | kind;
                levels++;
                return true;
            case (byte)'}' or (byte)']':
                var matches = (open & 1) == kind;
                open >>= 1;
                levels--;
                return matches;
            default:
                return false; // a bar or backslash outside a text
        }
    }
}
