// Writes JSON in the one way that RFC 8785 allows.
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sisote.DisclosureLog.Entries;

/// <summary>Writes JSON without white space, strings escaped only where they must be, whole numbers only. RFC 8785 §3.2.</summary>
/// <remarks>The caller writes members in the order of their names; the writer refuses any other order.</remarks>
internal sealed class CanonicalWriter(IBufferWriter<byte> output)
{
    private const long LargestExactInteger = (1L << 53) - 1;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\']);

    private readonly Stack<string?> lastNames = new();
    private bool afterValue;

    internal void StartObject()
    {
        Separate();
        Raw("{"u8);
        lastNames.Push(null);
        afterValue = false;
    }

    internal void EndObject()
    {
        lastNames.Pop();
        Raw("}"u8);
        afterValue = true;
    }

    internal void StartArray()
    {
        Separate();
        Raw("["u8);
        afterValue = false;
    }

    internal void EndArray()
    {
        Raw("]"u8);
        afterValue = true;
    }

    internal void Name(string name)
    {
        var last = lastNames.Pop();
        lastNames.Push(string.CompareOrdinal(last, name) < 0 ? name : throw new InvalidOperationException($"Member {name} is out of order."));
        Separate();
        PlainName(name);
        afterValue = false;
    }

    internal void Text(string value)
    {
        Separate();
        Quoted(value);
        afterValue = true;
    }

    internal void Number(long value)
    {
        if (Math.Abs(value) > LargestExactInteger)
        {
            throw new FormatException("A whole number beyond 2^53 has no canonical form (RFC 8785 §3.2.2.3).");
        }

        Separate();
        value.TryFormat(output.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
        afterValue = true;
    }

    internal void Truth(bool value)
    {
        Separate();
        Raw(value ? "true"u8 : "false"u8);
        afterValue = true;
    }

    /// <summary>Puts bytes that already are canonical JSON.</summary>
    internal void Verbatim(ReadOnlySpan<byte> json)
    {
        Separate();
        Raw(json);
        afterValue = true;
    }

    private void Separate()
    {
        if (afterValue)
        {
            Raw(","u8);
        }
    }

    private void Quoted(string value)
    {
        Raw("\""u8);
        var rest = value.AsSpan();
        for (var at = rest.IndexOfAny(Escaped); at >= 0; at = rest.IndexOfAny(Escaped))
        {
            Plain(rest[..at]);
            Escape(rest[at]);
            rest = rest[(at + 1)..];
        }

        Plain(rest);
        Raw("\""u8);
    }

    /// <summary>Names are constants of this house: ASCII, nothing to escape.</summary>
    private void PlainName(string name)
    {
        var room = output.GetSpan(name.Length + 3);
        room[0] = (byte)'"';
        _ = Ascii.FromUtf16(name, room[1..], out var written);
        room[written + 1] = (byte)'"';
        room[written + 2] = (byte)':';
        output.Advance(written + 3);
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        var room = output.GetSpan(text.Length * 3);
        output.Advance(StrictUtf8.GetBytes(text, room));
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\b': Raw("\\b"u8); break;
            case '\t': Raw("\\t"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\f': Raw("\\f"u8); break;
            case '\r': Raw("\\r"u8); break;
            default: Plain($"\\u{(int)c:x4}"); break;
        }
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
