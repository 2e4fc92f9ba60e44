// One thing in a JSON text.
namespace Sisote.Gateway.Minimising;

/// <summary>What stands in a row.</summary>
internal enum JsonKind : byte
{
    /// <summary>A text without escapes.</summary>
    Text,
    EscapedText,
    Number,
    True,
    False,
    Null,
    Object,
    Array,

    /// <summary>A closing bracket.</summary>
    End,
}

/// <summary>Where one value stands in a JSON text, and under which name: sixteen bytes, as there are many of them.</summary>
/// <param name="Start">Its first byte: a quote, a bracket, or the first letter of a number or literal.</param>
/// <param name="Size">Of a text, its bytes between the quotes; of a number or literal, its bytes; of an object or array, its rows from its own to its end's.</param>
/// <param name="Name">The quote before its name; 0 for what is no member.</param>
/// <param name="Number">Of a member, the number of its name in <see cref="ElementNames"/>; of an element of an array, the mark it was given.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct JsonRow(int Start, int Size, int Name, ushort Number, JsonKind Kind)
{
    /// <summary>How many rows it takes.</summary>
    internal int Width => Kind is JsonKind.Object or JsonKind.Array ? Size : 1;
}
