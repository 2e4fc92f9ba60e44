// A set of ASCII characters that is asked for many at once.
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sisote.Gateway.Minimising;

/// <summary>Tells whether a short text holds nothing but the characters of a set.</summary>
internal sealed class AsciiSet
{
    private static readonly Vector128<byte> Columns = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    private readonly Vector128<byte> rows; // for each lower half of a character, one bit for each upper half

    internal AsciiSet(ReadOnlySpan<byte> characters)
    {
        Span<byte> table = stackalloc byte[16];
        table.Clear();
        foreach (var one in characters)
        {
            table[one & 15] |= (byte)(1 << (one >> 4));
        }

        rows = Vector128.Create<byte>(table);
    }

    /// <summary>Whether every byte of a text is in the set; the empty text has none to be outside.</summary>
    internal bool HoldsAll(ReadOnlySpan<byte> text)
    {
        for (; text.Length > Vector128<byte>.Count * 2; text = text[Vector128<byte>.Count..])
        {
            if (!HoldsAll(Vector128.Create(text)))
            {
                return false;
            }
        }

        return text.IsEmpty || (HoldsAll(Ends(text)) && (text.Length <= Vector128<byte>.Count || HoldsAll(Vector128.Create(text[^Vector128<byte>.Count..]))));
    }

    /// <summary>The first 16 bytes of a text; of a shorter one its beginning and its end, which overlap. The same places of two texts of one length meet in it.</summary>
    internal static Vector128<byte> Ends(ReadOnlySpan<byte> text) => text.Length switch
    {
        >= 16 => Vector128.Create(text),
        >= 8 => Vector128.Create(MemoryMarshal.Read<ulong>(text), MemoryMarshal.Read<ulong>(text[^8..])).AsByte(),
        >= 4 => Vector128.Create(MemoryMarshal.Read<uint>(text) | ((ulong)MemoryMarshal.Read<uint>(text[^4..]) << 32)).AsByte(),
        > 0 => Vector128.Create((uint)text[0] | ((uint)text[text.Length >> 1] << 8) | ((uint)text[^1] << 16) | ((uint)text[0] << 24)).AsByte(),
        _ => default,
    };

    private bool HoldsAll(Vector128<byte> text)
    {
        var row = Vector128.ShuffleNative(rows, text & Vector128.Create((byte)15));
        var column = Vector128.ShuffleNative(Columns, text >>> 4);
        return !Vector128.EqualsAny(row & column, Vector128<byte>.Zero);
    }
}
