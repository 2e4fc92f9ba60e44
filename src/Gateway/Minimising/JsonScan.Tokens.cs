// Texts, numbers, literals and white space.
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sisote.Gateway.Minimising;

internal ref partial struct JsonScan
{
    /// <summary>The position after the closing quote of the text whose opening quote stands here. Its bytes have been checked with the whole message; left are its escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int EndOfText(int at, out JsonKind kind)
    {
        at = NextSpecial(at + 1);
        kind = JsonKind.Text;
        return At(at) == '"' ? at + 1 : EndOfEscapedText(at, out kind);
    }

    private readonly int EndOfEscapedText(int at, out JsonKind kind)
    {
        kind = JsonKind.EscapedText;
        while (At(at) == '\\')
        {
            at = EndOfEscape(at);
            if (at == Bad)
            {
                return Bad;
            }

            at = NextSpecial(at);
        }

        return At(at) == '"' ? at + 1 : Bad;
    }

    /// <summary>The position after an escape. A high surrogate must be followed by a low one, and a low one stands nowhere else: a lone half is no character.</summary>
    private readonly int EndOfEscape(int at)
    {
        if (At(at + 1) is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            return at + 2;
        }

        return CodeUnit(at) switch
        {
            < 0 => Bad,
            >= 0xD800 and <= 0xDBFF => CodeUnit(at + 6) is >= 0xDC00 and <= 0xDFFF ? at + 12 : Bad,
            >= 0xDC00 and <= 0xDFFF => Bad,
            _ => at + 6,
        };
    }

    /// <summary>The value of <c>\uXXXX</c>, or <see cref="Bad"/>.</summary>
    private readonly int CodeUnit(int at)
    {
        if (At(at) != '\\' || At(at + 1) != 'u')
        {
            return Bad;
        }

        var unit = 0;
        for (var i = at + 2; i < at + 6; i++)
        {
            var digit = At(i);
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return Bad;
            }

            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return unit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SkipSpace(int at) => At(at) > ' ' ? at : SkipRun(at);

    /// <summary>Indented messages have long runs of spaces: they are skipped 32 bytes at once.</summary>
    private readonly int SkipRun(int at)
    {
        if (at == Bad)
        {
            return Bad;
        }

        ref var first = ref MemoryMarshal.GetReference(text);
        for (; at <= text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref first, (nuint)at);
            var space = Vector256.Equals(bytes, Vector256.Create((byte)' ')) | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\r')) | Vector256.Equals(bytes, Vector256.Create((byte)'\t'));
            var other = ~space.ExtractMostSignificantBits();
            if (other != 0)
            {
                return at + BitOperations.TrailingZeroCount(other);
            }
        }

        while (At(at) is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>The position after a number or literal; whatever else stands where a value should is neither. What follows it is checked by the caller.</summary>
    private readonly int EndOfScalar(int at, out JsonKind kind)
    {
        switch (At(at))
        {
            case (byte)'t':
                kind = JsonKind.True;
                return EndOfLiteral(at, "true"u8);
            case (byte)'f':
                kind = JsonKind.False;
                return EndOfLiteral(at, "false"u8);
            case (byte)'n':
                kind = JsonKind.Null;
                return EndOfLiteral(at, "null"u8);
            default:
                kind = JsonKind.Number;
                return EndOfNumber(at);
        }
    }

    private readonly int EndOfLiteral(int at, ReadOnlySpan<byte> literal) => text[at..].StartsWith(literal) ? at + literal.Length : Bad;

    /// <summary>By the grammar of RFC 8259.</summary>
    private readonly int EndOfNumber(int at)
    {
        at = At(at) == '-' ? at + 1 : at;
        at = At(at) == '0' ? at + 1 : Digits(at);
        if (At(at) == '.')
        {
            at = Digits(at + 1);
        }

        if (At(at) is (byte)'e' or (byte)'E')
        {
            at = Digits(At(at + 1) is (byte)'+' or (byte)'-' ? at + 2 : at + 1);
        }

        return at;
    }

    /// <summary>The position after one digit or more.</summary>
    private readonly int Digits(int at)
    {
        var start = at;
        while (char.IsAsciiDigit((char)At(at)))
        {
            at++;
        }

        return at > start ? at : Bad;
    }
}
