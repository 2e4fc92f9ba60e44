// Reads a message from bytes.
using System.Collections.Immutable;
using System.Text;

namespace Sisote.Adapters.Hl7v2;

/// <summary>Reads HL7 v2 in its ER7 form: delimiters and character set from the header, segment ends CR, LF or both.</summary>
internal static class Hl7Parser
{
    private const int MaxSegments = 10_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads one message.</summary>
    public static Hl7Reading Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        var lineEnd = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var header = Encoding.Latin1.GetString(lineEnd < 0 ? bytes : bytes[..lineEnd]);
        if (Hl7Delimiters.Read(header) is not { } delimiters)
        {
            return new Hl7Reading.Unreadable("The message does not begin with a usable header segment.");
        }

        var charset = new Hl7Segment(header, delimiters, Encoding.Latin1).Get(18);
        if (Hl7Charset.Find(charset) is not { } encoding)
        {
            return new Hl7Reading.Unreadable("The character set of the message is not one of UNICODE UTF-8, 8859/1 and 8859/15.");
        }

        try
        {
            return Split(encoding.GetString(bytes), delimiters, encoding);
        }
        catch (DecoderFallbackException)
        {
            return new Hl7Reading.Unreadable("The message holds bytes that its character set does not have.");
        }
    }

    private static Hl7Reading Split(string text, Hl7Delimiters delimiters, Encoding encoding)
    {
        var segments = ImmutableArray.CreateBuilder<Hl7Segment>();
        foreach (var line in text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Trim(' ', '\t', '\u001A', '\u001C').Length == 0)
            {
                continue;
            }

            if (!IsSegment(line, delimiters) || (segments.Count > 0 && line.StartsWith("MSH", StringComparison.Ordinal)) || segments.Count == MaxSegments)
            {
                return new Hl7Reading.Unreadable($"Line {segments.Count + 1} of the message is no segment that may stand there.");
            }

            if (line[0] is not 'Z')
            {
                segments.Add(new Hl7Segment(line, delimiters, encoding));
            }
        }

        return new Hl7Reading.Read(new Hl7Message { Segments = segments.ToImmutable() });
    }

    private static bool IsSegment(string line, Hl7Delimiters delimiters) =>
        line.Length >= 3
        && line.AsSpan(0, 3) is var name && char.IsAsciiLetterUpper(name[0]) && !name.ContainsAnyExcept(NameCharacters)
        && (line.Length == 3 || line[3] == delimiters.Field);

    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
