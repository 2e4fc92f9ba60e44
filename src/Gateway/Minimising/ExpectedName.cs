// A member name that is recognised before its end is known.
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// A name in a <see cref="JsonGuide"/>. Sources write the members of a type in the same order again and again: after a name stands what stood after it the last time, and one comparison
/// of 32 bytes takes it with its quotes and colon. Wrong guesses cost time and nothing else: what does not stand there byte for byte is looked up.
/// </summary>
internal sealed class ExpectedName
{
    private readonly Vector256<byte> letters;
    private readonly Vector256<byte> counts; // all ones where a letter must stand
    private readonly int length;

    private ExpectedName(string label, GuideField? field, int number)
    {
        (Field, Number) = (field, (ushort)number);
        var bytes = Encoding.UTF8.GetBytes(label);
        if (bytes.Length is > 0 and <= 32)
        {
            length = bytes.Length;
            letters = Vector256.Create<byte>([.. bytes, .. new byte[32 - length]]);
            counts = Vector256.Create<byte>([.. Enumerable.Repeat(byte.MaxValue, length), .. new byte[32 - length]]);
        }
        else
        {
            counts = Vector256<byte>.AllBitsSet; // never stands anywhere: 32 zeros
        }

        Next = this;
    }

    internal ExpectedName(string name, GuideField? field)
        : this($"\"{name}\":", field, field is null ? ElementNames.Unknown : ElementNames.Of(name))
    {
    }

    /// <summary>What is worth reading there; null = nothing.</summary>
    internal GuideField? Field { get; }

    /// <summary>Its number in <see cref="ElementNames"/>, where it is worth reading.</summary>
    internal ushort Number { get; }

    /// <summary>What stood after it the last time, whoever read.</summary>
    internal ExpectedName Next { get; set; }

    /// <summary>A name of which nothing is known.</summary>
    internal static ExpectedName Any() => new(string.Empty, null, ElementNames.Unknown);

    /// <summary>The bytes that the name takes with its quotes and colon at the beginning of a text; 0 where something else stands there or too near to the end to tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int LengthAt(ReadOnlySpan<byte> text) =>
        text.Length >= Vector256<byte>.Count && ((Vector256.Create(text) ^ letters) & counts) == Vector256<byte>.Zero ? length : 0;
}
