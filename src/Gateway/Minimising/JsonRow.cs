// One thing in a JSON text.
namespace Sisote.Gateway.Minimising;

/// <summary>What stands in a row.</summary>
internal enum JsonKind
{
    /// <summary>A text or member name without escapes.</summary>
    Text,
    EscapedText,

    /// <summary>A member name that has a number in <see cref="ElementNames"/>.</summary>
    Name,
    Number,
    True,
    False,
    Null,
    Object,
    Array,

    /// <summary>A closing bracket.</summary>
    End,

    /// <summary>An object or array that was stepped over: there is nothing to ask it for.</summary>
    Stepped,
}

/// <summary>Where one thing stands in a JSON text: eight bytes, as there are many of them.</summary>
/// <param name="Start">Its first byte: a quote, a bracket, or the first letter of a number or literal.</param>
/// <param name="Packed">Kind and size.</param>
internal readonly record struct JsonRow(int Start, uint Packed)
{
    internal JsonKind Kind => (JsonKind)(Packed & 15);

    /// <summary>Of a text, its bytes between the quotes; of a number or literal, its bytes; of an object or array, its rows from its own to its end's.</summary>
    internal int Size => Kind == JsonKind.Name ? (int)(Packed >> 4) & LongestName : (int)(Packed >> 4);

    /// <summary>The number of a member name.</summary>
    internal int Number => Kind == JsonKind.Name ? (int)(Packed >> 16) : ElementNames.Unknown;

    /// <summary>How many rows it takes.</summary>
    internal int Width => Kind is JsonKind.Object or JsonKind.Array ? Size : 1;

    /// <summary>The longest text whose sizes fit.</summary>
    internal const int LongestText = (1 << 28) - 1;

    private const int LongestName = (1 << 12) - 1;

    internal static uint Pack(JsonKind kind, int size) => (uint)kind | ((uint)size << 4);

    /// <summary>A member name: numbered names are short, and there are few of them.</summary>
    internal static uint PackName(int size, int number) =>
        number is ElementNames.Unknown or > ushort.MaxValue || size > LongestName ? Pack(JsonKind.Text, size) : (uint)JsonKind.Name | ((uint)size << 4) | ((uint)number << 16);
}
