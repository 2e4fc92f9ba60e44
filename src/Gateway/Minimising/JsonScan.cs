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
    private JsonRow[] rows = rows.Length > text.Length / 16 ? rows : Larger(rows, 0, (text.Length / 16) + 64);
    private readonly Utf8Map<ElementNames.Number> known = ElementNames.Known;
    private int count;

    internal readonly JsonRow[] Rows => rows;

    internal bool TryScan(JsonGuide guide)
    {
        var end = ScanValue(SkipSpace(0), 0, guide);
        return end != Bad && SkipSpace(end) == text.Length;
    }

    private int ScanValue(int at, int depth, JsonGuide? guide)
    {
        switch (At(at))
        {
            case (byte)'"':
                var end = EndOfText(at + 1, out var kind);
                Add(at, JsonRow.Pack(kind, end - at - 1));
                return end == Bad ? Bad : end + 1;
            case (byte)'{':
                return guide is null ? StepOver(at, depth) : ScanObject(at, depth + 1, guide);
            case (byte)'[':
                return guide is null ? StepOver(at, depth) : ScanArray(at, depth + 1, guide);
            case (byte)'t':
                return ScanLiteral(at, JsonKind.True, "true"u8);
            case (byte)'f':
                return ScanLiteral(at, JsonKind.False, "false"u8);
            case (byte)'n':
                return ScanLiteral(at, JsonKind.Null, "null"u8);
            default:
                return ScanNumber(at);
        }
    }

    private int ScanArray(int at, int depth, JsonGuide guide)
    {
        if (depth > StrictJson.MaximumDepth)
        {
            return Bad;
        }

        var own = Add(at, 0);
        at = SkipSpace(at + 1);
        if (At(at) == ']')
        {
            return Close(own, at, JsonKind.Array);
        }

        while (true)
        {
            at = SkipSpace(ScanValue(at, depth, guide));
            switch (At(at))
            {
                case (byte)',':
                    at = SkipSpace(at + 1);
                    break;
                case (byte)']':
                    return Close(own, at, JsonKind.Array);
                default:
                    return Bad;
            }
        }
    }

    private int ScanObject(int at, int depth, JsonGuide guide)
    {
        if (depth > StrictJson.MaximumDepth)
        {
            return Bad;
        }

        var own = Add(at, 0);
        var names = new Names(own, guide);
        at = SkipSpace(at + 1);
        if (At(at) == '}')
        {
            return Close(own, at, JsonKind.Object);
        }

        while (true)
        {
            at = SkipSpace(ScanMember(at, depth, ref names));
            switch (At(at))
            {
                case (byte)',':
                    at = SkipSpace(at + 1);
                    break;
                case (byte)'}':
                    return Close(own, at, JsonKind.Object);
                default:
                    return Bad;
            }
        }
    }

    private int ScanMember(int at, int depth, ref Names names)
    {
        if (At(at) != '"')
        {
            return Bad;
        }

        var end = EndOfText(at + 1, out var kind);
        if (end == Bad || kind == JsonKind.EscapedText)
        {
            return Bad;
        }

        var name = text.Slice(at + 1, end - at - 1);
        var number = known.Find(name)?.Value ?? ElementNames.Unknown;
        var field = names.Guide == JsonGuide.Everything ? Everything : names.Guide.Find(number);
        if (field is not null && !IsNew(name, field, ref names))
        {
            return Bad;
        }

        var row = Add(at, JsonRow.PackName(name.Length, number));
        if (name.Length == ModifierExtension.Length && name.SequenceEqual(ModifierExtension))
        {
            modifierExtensions.Add(row);
        }

        end = SkipSpace(end + 1);
        end = At(end) == ':' ? ScanValue(SkipSpace(end + 1), depth, field?.Inside) : Bad;
        count = field is null ? row : count; // nobody will ask for it
        return end;
    }

    private static ReadOnlySpan<byte> ModifierExtension => "modifierExtension"u8;

    private static readonly GuideField Everything = new(0, JsonGuide.Everything);

    /// <summary>
    /// One bit of 64 stands for a name. As long as the bit is free, no equal name has been seen and nothing needs comparing, which is nearly always so; else the names so far are compared.
    /// </summary>
    private readonly bool IsNew(ReadOnlySpan<byte> name, GuideField field, ref Names names)
    {
        var bit = 1UL << (field == Everything ? (int)(Utf8Key.Of(name).Hash >> 58) : field.Place & 63);
        if ((names.Seen & bit) != 0 && IsAmong(name, names.Object))
        {
            return false;
        }

        names.Seen |= bit;
        return ++names.Count <= StrictJson.MaximumMembers;
    }

    private readonly bool IsAmong(ReadOnlySpan<byte> name, int own)
    {
        for (var row = own + 1; row < count; row += 1 + rows[row + 1].Width)
        {
            if (text.Slice(rows[row].Start + 1, rows[row].Size).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private int Close(int own, int at, JsonKind kind)
    {
        Add(at, JsonRow.Pack(JsonKind.End, 1));
        rows[own] = new JsonRow(rows[own].Start, JsonRow.Pack(kind, count - own));
        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(int start, uint packed)
    {
        var row = count;
        if ((uint)row >= (uint)rows.Length)
        {
            rows = Larger(rows, row, row * 2);
        }

        rows[row] = new JsonRow(start, packed);
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

    /// <summary>The names of an object that is being scanned.</summary>
    private struct Names(int own, JsonGuide guide)
    {
        internal readonly int Object = own;
        internal readonly JsonGuide Guide = guide;
        internal ulong Seen;
        internal int Count;
    }
}
