// Finds quotes, escapes and brackets in a JSON text, 64 bytes at once.
using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// Two bits for each byte of a text, made in one pass without a branch on its content: whether a quote or backslash stands there that matters for where a text ends, and whether a bracket
/// stands there outside all texts. With them, the end of a text or of a whole subtree is found by counting zeros.
/// </summary>
internal readonly ref struct JsonBits(ReadOnlySpan<byte> text, Span<ulong> bits)
{
    /// <summary>Bytes for which one word of each kind stands.</summary>
    internal const int Block = 64;

    private const int NameLength = 17;
    private const ulong Odd = 0xAAAAAAAAAAAAAAAA;

    private readonly ReadOnlySpan<byte> text = text;
    private readonly Span<ulong> bits = bits;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static ReadOnlySpan<byte> ModifierExtension => "modifierExtension"u8;

    /// <summary>How many words a text needs.</summary>
    internal static int WordsFor(int length) => ((length / Block) + 2) * 2;

    /// <summary>Fills the words; false = it is no UTF-8, a control character stands in a text, or a text has no end.</summary>
    /// <param name="needsEverything">Whether nothing may be stepped over: a modifier extension changes the meaning of the whole wherever it stands, and escapes could spell one, or be half a character.</param>
    internal bool TryFill(out bool needsEverything)
    {
        var text = this.text; // locals stay in registers, as long as the loop calls nothing
        var bits = this.bits;
        Span<byte> last = stackalloc byte[Block];
        last.Fill((byte)' ');
        text[(text.Length & -Block)..].CopyTo(last);

        var (inside, before, bad, high, behind) = (0UL, 0UL, 0UL, 0UL, 0UL); // inside: all ones while a text goes on over the end of a block
        var (isChanged, holdsUnits) = (false, false);
        for (var (at, word) = (0, 0); at <= text.Length; at += Block, word += 2)
        {
            var block = Vector512.Create(at <= text.Length - Block ? text.Slice(at, Block) : last);
            var (quotes, backslashes) = (Equal(block, (byte)'"'), Equal(block, (byte)'\\'));
            high |= block.ExtractMostSignificantBits();
            if ((backslashes | behind) != 0)
            {
                var escaped = Escaped(backslashes, ref behind);
                quotes &= ~escaped;
                holdsUnits |= (escaped & Equal(block, (byte)'u')) != 0;
            }

            // Each bit becomes the parity of all quotes up to it: one from an opening quote up to before its closing quote.
            var texts = Parity(quotes) ^ inside;
            inside = (ulong)((long)texts >> 63);
            bad |= Vector512.LessThan(block, Vector512.Create((byte)' ')).ExtractMostSignificantBits() & texts;
            bits[word] = quotes | backslashes;
            bits[word + 1] = Brackets(block) & ~texts;

            // A closing quote at the right distance from an opening one may end the name that changes everything.
            var openings = quotes & texts;
            var candidates = quotes & ~texts & ((openings << (NameLength + 1)) | (before >> (Block - NameLength - 1)));
            before = openings;
            for (; candidates != 0; candidates &= candidates - 1)
            {
                isChanged |= text.Slice(at + BitOperations.TrailingZeroCount(candidates) - NameLength, NameLength).SequenceEqual(ModifierExtension);
            }
        }

        needsEverything = isChanged || (holdsUnits && HoldsUnits(text));
        return (bad | inside) == 0 && (high == 0 || Utf8.IsValid(text));
    }

    /// <summary>
    /// The bytes of a block that stand behind a backslash. Of each run of backslashes every second is escaped itself: where a run begins at an odd place, the carry of one subtraction runs
    /// through it and turns the alternating bits over.
    /// </summary>
    /// <param name="backslashes">The backslashes.</param>
    /// <param name="behind">One if the first byte stands behind a backslash; then, the same of the next block.</param>
    private static ulong Escaped(ulong backslashes, ref ulong behind)
    {
        var beginning = backslashes & ~behind;
        var turned = (((beginning << 1) | Odd) - beginning) ^ Odd;
        var escaped = turned ^ (backslashes | behind);
        behind = (turned & backslashes) >> 63;
        return escaped;
    }

    /// <summary>Whether some <c>\uXXXX</c> is more than a harmless character.</summary>
    private static bool HoldsUnits(ReadOnlySpan<byte> text)
    {
        for (int at = 0, next; (next = text[at..].IndexOf((byte)'\\')) >= 0 && at + next + 1 < text.Length; at += next + 2)
        {
            if (text[at + next + 1] == 'u' && !IsHarmless(text[(at + next + 2)..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Four digits that make a whole character which does not stand in that name: its letters are 004x, 006x and 007x, halves of characters d8xx to dfxx.</summary>
    private static bool IsHarmless(ReadOnlySpan<byte> digits) =>
        digits.Length >= 4 && !digits[..4].ContainsAnyExcept(HexDigits)
        && digits is not ([(byte)'0', (byte)'0', (byte)'4' or (byte)'6' or (byte)'7', ..] or [(byte)'d' or (byte)'D', >= (byte)'8', ..]);

    private static ulong Parity(ulong quotes)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(quotes), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        quotes ^= quotes << 1;
        quotes ^= quotes << 2;
        quotes ^= quotes << 4;
        quotes ^= quotes << 8;
        quotes ^= quotes << 16;
        return quotes ^ (quotes << 32);
    }

    private static ulong Equal(Vector512<byte> block, byte one) => Vector512.Equals(block, Vector512.Create(one)).ExtractMostSignificantBits();

    /// <summary>The four brackets in one comparison: with bit 0x20 set they are 0x7B and 0x7D. What stands between these, a bar or backslash, has no business outside a text and is found out later.</summary>
    private static ulong Brackets(Vector512<byte> block) =>
        Vector512.LessThan((block | Vector512.Create((byte)0x20)) - Vector512.Create((byte)0x7B), Vector512.Create((byte)3)).ExtractMostSignificantBits();
}
