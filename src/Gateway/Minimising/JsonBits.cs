// Finds quotes, escapes and brackets in a JSON text, 64 bytes at once.
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// Two bits for each byte of a text, made in one pass without a branch on its content: whether a quote or backslash stands there that matters for where a text ends, and whether a bracket
/// stands there outside all texts. With them, the end of a text or of a whole subtree is found by counting zeros.
/// </summary>
internal ref struct JsonBits(ReadOnlySpan<byte> text, Span<ulong> bits)
{
    /// <summary>Bytes for which one word of each kind stands.</summary>
    internal const int Block = 64;

    private const int NameLength = 17;

    private readonly ReadOnlySpan<byte> text = text;
    private readonly Span<ulong> bits = bits;
    private ulong inside; // all ones while a text goes on over the end of a block
    private ulong escaped; // one if the first byte of the next block stands behind a backslash
    private ulong openings; // the opening quotes of the block before
    private bool isBad;

    /// <summary>
    /// Whether nothing may be stepped over: a modifier extension changes the meaning of the whole wherever it stands, and escaped letters could spell one.
    /// </summary>
    internal bool NeedsEverything { get; private set; }

    /// <summary>How many words a text needs.</summary>
    internal static int WordsFor(int length) => ((length / Block) + 2) * 2;

    /// <summary>Fills the words; false = a control character stands in a text, or a text has no end.</summary>
    internal bool TryFill()
    {
        var at = 0;
        for (; at + Block <= text.Length; at += Block)
        {
            Fill(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at), at);
        }

        Span<byte> last = stackalloc byte[Block];
        last.Fill((byte)' ');
        text[at..].CopyTo(last);
        Fill(ref MemoryMarshal.GetReference(last), at);
        return !isBad && inside == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fill(ref byte block, int at)
    {
        var (quotes, backslashes) = (Equal(ref block, (byte)'"'), Equal(ref block, (byte)'\\'));
        if ((backslashes | escaped) != 0)
        {
            var behind = Escaped(backslashes);
            quotes &= ~behind;
            NeedsEverything |= (behind & Equal(ref block, (byte)'u')) != 0;
        }

        // Each bit becomes the parity of all quotes up to it: one from an opening quote up to before its closing quote.
        var texts = Parity(quotes) ^ inside;
        inside = (ulong)((long)texts >> 63);
        isBad |= (Below(ref block, (byte)' ') & texts) != 0;

        // A closing quote at the right distance from an opening one may end the name that changes everything.
        var closings = quotes & ~texts;
        var candidates = closings & ((quotes << (NameLength + 1)) | (openings >> (Block - NameLength - 1)));
        openings = quotes & texts;
        if (candidates != 0)
        {
            LookForModifier(candidates, at);
        }

        var word = at / Block * 2;
        bits[word] = quotes | backslashes;
        bits[word + 1] = Brackets(ref block) & ~texts;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookForModifier(ulong candidates, int at)
    {
        for (; candidates != 0; candidates &= candidates - 1)
        {
            var end = at + BitOperations.TrailingZeroCount(candidates);
            NeedsEverything |= text[(end - NameLength)..end].SequenceEqual("modifierExtension"u8);
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
        quotes ^= quotes << 1;
        quotes ^= quotes << 2;
        quotes ^= quotes << 4;
        quotes ^= quotes << 8;
        quotes ^= quotes << 16;
        return quotes ^ (quotes << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ref byte block, byte one) => Vector512.IsHardwareAccelerated
        ? Vector512.Equals(Vector512.LoadUnsafe(ref block), Vector512.Create(one)).ExtractMostSignificantBits()
        : Vector256.Equals(Vector256.LoadUnsafe(ref block), Vector256.Create(one)).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref block, 32), Vector256.Create(one)).ExtractMostSignificantBits() << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Below(ref byte block, byte limit) => Vector512.IsHardwareAccelerated
        ? Vector512.LessThan(Vector512.LoadUnsafe(ref block), Vector512.Create(limit)).ExtractMostSignificantBits()
        : Vector256.LessThan(Vector256.LoadUnsafe(ref block), Vector256.Create(limit)).ExtractMostSignificantBits()
            | ((ulong)Vector256.LessThan(Vector256.LoadUnsafe(ref block, 32), Vector256.Create(limit)).ExtractMostSignificantBits() << 32);

    /// <summary>The four brackets in one comparison: with bit 0x20 set they are 0x7B and 0x7D. What stands between these, a bar or backslash, has no business outside a text and is found out later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Brackets(ref byte block) => Vector512.IsHardwareAccelerated
        ? Vector512.LessThan((Vector512.LoadUnsafe(ref block) | Vector512.Create((byte)0x20)) - Vector512.Create((byte)0x7B), Vector512.Create((byte)3)).ExtractMostSignificantBits()
        : Vector256.LessThan((Vector256.LoadUnsafe(ref block) | Vector256.Create((byte)0x20)) - Vector256.Create((byte)0x7B), Vector256.Create((byte)3)).ExtractMostSignificantBits()
            | ((ulong)Vector256.LessThan((Vector256.LoadUnsafe(ref block, 32) | Vector256.Create((byte)0x20)) - Vector256.Create((byte)0x7B), Vector256.Create((byte)3)).ExtractMostSignificantBits() << 32);
}
