// A JSON text that has one reading, with a table of where everything stands.
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sisote.Gateway.Minimising;

/// <summary>
/// A text that <see cref="StrictJson"/> found sound, and one row for each value and closing bracket that its guide leads to. Whoever reads it goes from row to row: to skip a subtree is one
/// addition, and nothing is tokenised twice. The text must stay as it is while it is being read; the object can be used for another text afterwards.
/// </summary>
internal sealed class SoundJson : IDisposable
{
    private static readonly JsonReaderOptions OneText = new() { MaxDepth = 1 };

    private JsonRow[] rows = [];
    private byte[] bytes = [];
    private int origin;

    /// <summary>The text.</summary>
    internal ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>The rows of all values of members named <c>modifierExtension</c>, ascending.</summary>
    internal List<int> ModifierExtensions { get; } = [];

    /// <summary>Checks a text and keeps its rows; false = it has no reading or more than one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="guide">What is worth reading; without one, everything.</param>
    internal bool TryRead(ReadOnlyMemory<byte> text, JsonGuide? guide = null)
    {
        Text = text;
        var segment = MemoryMarshal.TryGetArray(text, out var found) ? found : new ArraySegment<byte>(text.ToArray());
        (bytes, origin) = (segment.Array!, segment.Offset);
        ModifierExtensions.Clear();
        // INVARIANT: should the scan break off, its rows are lost to the pool. Given back twice they would be rows of two texts at once.
        var own = rows;
        rows = [];
        var isSound = StrictJson.TryScan(text.Span, guide, ref own, ModifierExtensions);
        rows = own;
        return isSound;
    }

    /// <summary>Reads a text that is known to be sound.</summary>
    internal static SoundJson Read(ReadOnlyMemory<byte> text)
    {
        var json = new SoundJson();
        return json.TryRead(text) ? json : throw new InvalidOperationException("A text that had passed the check does not pass it.");
    }

    internal JsonKind KindOf(int row) => rows[row].Kind;

    internal bool IsObject(int row) => rows[row].Kind == JsonKind.Object;

    internal bool IsArray(int row) => rows[row].Kind == JsonKind.Array;

    internal bool IsText(int row) => rows[row].Kind is JsonKind.Text or JsonKind.EscapedText;

    internal bool IsEscaped(int row) => rows[row].Kind == JsonKind.EscapedText;

    /// <summary>The row after a value and everything in it.</summary>
    internal int Next(int row) => row + rows[row].Width;

    /// <summary>The row of the closing bracket.</summary>
    internal int EndOf(int row) => row + rows[row].Size - 1;

    /// <summary>The bytes of a text between its quotes as they stand there, or those of a number or literal.</summary>
    internal ReadOnlySpan<byte> Raw(int row)
    {
        var place = rows[row];
        return bytes.AsSpan(origin + place.Start + (place.Kind <= JsonKind.EscapedText ? 1 : 0), place.Size);
    }

    /// <summary>A text with its quotes, a number or a literal.</summary>
    internal ReadOnlySpan<byte> Token(int row)
    {
        var place = rows[row];
        return bytes.AsSpan(origin + place.Start, place.Kind <= JsonKind.EscapedText ? place.Size + 2 : place.Size);
    }

    /// <summary>A member with the comma before it, if it is not to be the first, up to the end of its text, number or literal; nothing where white space stands between.</summary>
    /// <param name="row">The member.</param>
    /// <param name="label">What should stand before its value: comma, name and colon.</param>
    /// <param name="isFirst">Whether it shall stand without the comma.</param>
    internal ReadOnlySpan<byte> Tight(int row, int label, bool isFirst)
    {
        var place = rows[row];
        var start = origin + place.Start - label;
        return place.Start - place.Name == label - 1 && (isFirst || bytes[start] == ',')
            ? bytes.AsSpan(isFirst ? start + 1 : start, (isFirst ? label - 1 : label) + (place.Kind <= JsonKind.EscapedText ? place.Size + 2 : place.Size))
            : default;
    }

    /// <summary>What a text says, in UTF-8. Only one with escapes costs memory.</summary>
    internal ReadOnlySpan<byte> Say(int row) => IsEscaped(row) ? Encoding.UTF8.GetBytes(Unescape(row)) : Raw(row);

    /// <summary>What a text says, as a string.</summary>
    internal string SayString(int row) => IsEscaped(row) ? Unescape(row) : Encoding.UTF8.GetString(Raw(row));

    /// <summary>The number of a member's name; all those the guide leads to have one.</summary>
    internal int NumberOf(int row) => rows[row].Number;

    /// <summary>Marks an element of an array with what was found out about it. A member has no room for a mark.</summary>
    internal void Mark(int row, ushort mark)
    {
        if (rows[row].Name == 0)
        {
            rows[row] = rows[row] with { Number = mark };
        }
    }

    /// <summary>The mark of an element of an array; 0 = none.</summary>
    internal int MarkOf(int row) => rows[row] is { Name: 0, Number: var mark } ? mark : 0;

    /// <summary>A member's name.</summary>
    internal string NameOf(int row)
    {
        var name = bytes.AsSpan(origin + rows[row].Name + 1);
        return Encoding.UTF8.GetString(name[..name.IndexOf((byte)'"')]); // no name has escapes
    }

    /// <summary>The row of an object's member of a name, or 0: row 0 is the outermost value and never a member.</summary>
    internal int Member(int row, int number)
    {
        for (int member = row + 1, end = EndOf(row); member < end; member = Next(member))
        {
            if (rows[member].Number == number)
            {
                return member;
            }
        }

        return 0;
    }

    /// <summary>The whole text of an object or array.</summary>
    internal ReadOnlyMemory<byte> Slice(int row) => Text[rows[row].Start..(rows[EndOf(row)].Start + 1)];

    /// <summary>Gives the rows back to the pool.</summary>
    public void Dispose()
    {
        var returned = rows;
        (rows, bytes, Text) = ([], [], default);
        if (returned.Length > 0)
        {
            ArrayPool<JsonRow>.Shared.Return(returned); // places only, no content
        }
    }

    private string Unescape(int row)
    {
        var reader = new Utf8JsonReader(Token(row), OneText);
        reader.Read();
        return reader.GetString()!;
    }
}
