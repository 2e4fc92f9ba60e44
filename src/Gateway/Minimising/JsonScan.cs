// The pass over a JSON text that checks it and notes where everything stands.
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// A recursive descent over RFC 8259. Every step takes a position and gives the next one, or <see cref="Bad"/>: the position stays in a register, and nothing else carries over from token to
/// token. Recursion ends at <see cref="StrictJson.MaximumDepth"/>. What the guide does not name is checked but not noted, and an object or array in it is stepped over.
/// </summary>
internal ref partial struct JsonScan(ReadOnlySpan<byte> text, ReadOnlySpan<ulong> bits, JsonRow[] rows, List<int> modifierExtensions)
{
    private const int Bad = -1;

    private readonly ReadOnlySpan<byte> text = text;
    private readonly ReadOnlySpan<ulong> bits = bits;
    private JsonRow[] rows = rows.Length > text.Length / 32 ? rows : Larger(rows, 0, (text.Length / 32) + 64);
    private readonly Utf8Map<ElementNames.Number> known = ElementNames.Known;
    private int count;

    internal readonly JsonRow[] Rows => rows;

    internal bool TryScan(JsonGuide guide)
    {
        var end = ScanValue(SkipSpace(0), 0, guide, 0, 0);
        return end != Bad && SkipSpace(end) == text.Length;
    }

    /// <summary>The position after a value that is worth reading.</summary>
    private int ScanValue(int at, int depth, JsonGuide guide, int name, int number)
    {
        switch (At(at))
        {
            case (byte)'"':
                var end = EndOfText(at, out var kind);
                Add(at, end - at - 2, name, number, kind);
                return end;
            case (byte)'{':
                return guide == JsonGuide.Everything ? ScanAnyObject(at, depth + 1, name, number) : ScanObject(at, depth + 1, guide, name, number);
            case (byte)'[':
                return ScanArray(at, depth + 1, guide, name, number);
            default:
                end = EndOfScalar(at, out kind);
                Add(at, end - at, name, number, kind);
                return end;
        }
    }

    /// <summary>The position after a value that nobody will ask for.</summary>
    private readonly int PassValue(int at, int depth) => At(at) switch
    {
        (byte)'"' => EndOfText(at, out _),
        (byte)'{' or (byte)'[' => StepOver(at, depth),
        _ => EndOfScalar(at, out _),
    };

    private int ScanArray(int at, int depth, JsonGuide guide, int name, int number)
    {
        if (depth > StrictJson.MaximumDepth)
        {
            return Bad;
        }

        var own = Add(at, 0, name, number, JsonKind.Array);
        at = SkipSpace(at + 1);
        if (At(at) == ']')
        {
            return Close(own, at);
        }

        while (true)
        {
            at = SkipSpace(ScanValue(at, depth, guide, 0, 0));
            switch (At(at))
            {
                case (byte)',':
                    at = SkipSpace(at + 1);
                    break;
                case (byte)']':
                    return Close(own, at);
                default:
                    return Bad;
            }
        }
    }

    private int ScanObject(int at, int depth, JsonGuide guide, int name, int number)
    {
        if (depth > StrictJson.MaximumDepth)
        {
            return Bad;
        }

        var own = Add(at, 0, name, number, JsonKind.Object);
        at = SkipSpace(at + 1);
        if (At(at) == '}')
        {
            return Close(own, at);
        }

        var seen = 0UL;
        for (var last = guide.Beginning; ;)
        {
            at = SkipSpace(ScanMember(at, depth, own, guide, ref last, ref seen));
            switch (At(at))
            {
                case (byte)',':
                    at = SkipSpace(at + 1);
                    break;
                case (byte)'}':
                    return Close(own, at);
                default:
                    return Bad;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ScanMember(int at, int depth, int own, JsonGuide guide, ref ExpectedName last, ref ulong seen)
    {
        var name = last.Next;
        var value = (uint)at < (uint)text.Length && name.LengthAt(text[at..]) is > 0 and var length ? at + length : Bad;
        if (value == Bad)
        {
            value = FindName(at, guide, out name);
            last.Next = name;
        }

        last = name;
        value = SkipSpace(value);
        if (name.Field is not { } field)
        {
            return At(value) == '"' ? EndOfText(value, out _) : PassValue(value, depth);
        }

        // One bit of 64 stands for a name. As long as it is free, the name has not been seen; hardly any object has more names than bits.
        var bit = 1UL << field.Place;
        if ((seen & bit) != 0 && IsAmong(own, name.Number))
        {
            return Bad;
        }

        seen |= bit;
        if (At(value) != '"')
        {
            return ScanValue(value, depth, field.Inside, at, name.Number);
        }

        var end = EndOfText(value, out var kind);
        Add(value, end - value - 2, at, name.Number, kind);
        return end;
    }

    /// <summary>Looks up a name that was not expected; gives the position after its colon.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int FindName(int at, JsonGuide guide, out ExpectedName name)
    {
        var end = EndOfName(at, out var found);
        name = guide.FindName(found);
        return end;
    }

    private readonly int EndOfName(int at, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (At(at) != '"')
        {
            return Bad;
        }

        var end = EndOfText(at, out var kind);
        if (end == Bad || kind == JsonKind.EscapedText)
        {
            return Bad;
        }

        name = text.Slice(at + 1, end - at - 2);
        end = SkipSpace(end);
        return At(end) == ':' ? end + 1 : Bad;
    }

    private readonly bool IsAmong(int own, int number)
    {
        for (var row = own + 1; row < count; row += rows[row].Width)
        {
            if (rows[row].Number == number)
            {
                return true;
            }
        }

        return false;
    }

    private int Close(int own, int at)
    {
        Add(at, 1, 0, 0, JsonKind.End);
        rows[own] = rows[own] with { Size = count - own };
        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(int start, int size, int name, int number, JsonKind kind)
    {
        var row = count;
        if ((uint)row >= (uint)rows.Length)
        {
            rows = Larger(rows, row, row * 2);
        }

        rows[row] = new JsonRow(start, size, name, (ushort)number, kind);
        count = row + 1;
        return row;
    }

    private static JsonRow[] Larger(JsonRow[] rows, int count, int size)
    {
        var larger = ArrayPool<JsonRow>.Shared.Rent(size);
        rows.AsSpan(0, count).CopyTo(larger);
        if (rows.Length > 0)
        {
            ArrayPool<JsonRow>.Shared.Return(rows);
        }

        return larger;
    }

    /// <summary>The byte at a position; zero, which stands nowhere in JSON, where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte At(int at) => (uint)at < (uint)text.Length ? Unsafe.Add(ref MemoryMarshal.GetReference(text), at) : (byte)0;
}
