// Finds quotes, escapes and brackets in a JSON text, 64 bytes at once.
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// Two bits for each byte of a text, made in one pass without a branch on its content: whether a quote or backslash stands there that matters for where a text ends, and whether a bracket
/// stands there outside all texts. With them, the end of a text or of a whole subtree is found by counting zeros.
/// </summary>
internal ref struct JsonBits(ReadOnlySpan<byte> text, Span<ulong> bits)
{
    /// <summary>Bytes for which one word of each kind stands.</summary>
    internal const int Block = 64;

    private readonly ReadOnlySpan<byte> text = text;
    private readonly Span<ulong> bits = bits;
    private ulong escaped; // one if the first byte of the next block stands behind a backslash

    /// <summary>
    /// Whether nothing may be stepped over: a modifier extension changes the meaning of the whole wherever it stands, and escaped letters could spell one.
    /// </summary>
    internal bool NeedsEverything { get; private set; }

    /// <summary>How many words a text needs.</summary>
    internal static int WordsFor(int length) => ((length / Block) + 2) * 2;

    /// <summary>Fills the words; false = it is no UTF-8, a control character stands in a text, or a text has no end.</summary>
    internal bool TryFill()
    {
        Span<byte> last = stackalloc byte[Block];
        last.Fill((byte)' ');
        text[(text.Length & -Block)..].CopyTo(last);
        var (inside, before, bad) = (0UL, 0UL, 0UL); // inside: all ones while a text goes on over the end of a block
        var all = Vector512<byte>.Zero;
        for (var at = 0; at <= text.Length; at += Block)
        {
            var block = Vector512.Create(at + Block <= text.Length ? text.Slice(at, Block) : last);
            all |= block;
            var (quotes, backslashes) = (Equal(block, (byte)'"'), Equal(block, (byte)'\\'));
            if ((backslashes | escaped) != 0)
            {
                var behind = Escaped(backslashes);
                quotes &= ~behind;
                LookForLetters(behind & Equal(block, (byte)'u'), at);
            }

            // Each bit becomes the parity of all quotes up to it: one from an opening quote up to before its closing quote.
            var texts = Parity(quotes) ^ inside;
            inside = (ulong)((long)texts >> 63);
            bad |= Vector512.LessThan(block, Vector512.Create((byte)' ')).ExtractMostSignificantBits() & texts;

            // A closing quote at the right distance from an opening one may end the name that changes everything.
            var openings = quotes & texts;
            var candidates = quotes & ~texts & ((openings << (ModifierExtension.Length + 1)) | (before >> (Block - ModifierExtension.Length - 1)));
            before = openings;
            if (candidates != 0)
            {
                LookForModifier(candidates, at);
            }

            var word = at / Block * 2;
            bits[word] = quotes | backslashes;
            bits[word + 1] = Brackets(block) & ~texts;
        }

        return (bad | inside) == 0 && (all.ExtractMostSignificantBits() == 0 || Utf8.IsValid(text));
    }

    private static ReadOnlySpan<byte> ModifierExtension => "modifierExtension"u8;

    private void LookForModifier(ulong candidates, int at)
    {
        for (; candidates != 0; candidates &= candidates - 1)
        {
            var end = at + BitOperations.TrailingZeroCount(candidates);
            NeedsEverything |= text[(end - ModifierExtension.Length)..end].SequenceEqual(ModifierExtension);
        }
    }

    /// <summary>Looks at escaped characters: the letters of that name are <c>\u004x</c>, <c>\u006x</c> and <c>\u007x</c>. What most writers escape is none of them.</summary>
    private void LookForLetters(ulong escapes, int at)
    {
        for (; escapes != 0; escapes &= escapes - 1)
        {
            var digits = text[(at + BitOperations.TrailingZeroCount(escapes) + 1)..];
            NeedsEverything |= digits is [(byte)'0', (byte)'0', (byte)'4' or (byte)'6' or (byte)'7', ..];
        }
    }

    /// <summary>The bytes of a block that stand behind a backslash.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong Escaped(ulong backslashes)
    {
        var behind = escaped;
        backslashes &= ~escaped;
        escaped = 0;
        while (backslashes != 0)
        {
            var next = 2UL << BitOperations.TrailingZeroCount(backslashes); // zero behind the last byte of the block
            escaped = next == 0 ? 1UL : 0;
            behind |= next;
            backslashes &= (backslashes - 1) & ~next;
        }

        return behind;
    }

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
