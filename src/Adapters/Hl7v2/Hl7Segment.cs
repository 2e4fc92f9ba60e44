// One line of a message.
using System.Text;

namespace Sisote.Adapters.Hl7v2;

/// <summary>A segment: reads values by field, repetition, component and subcomponent, all counted from 1 as the standard does; absent = empty text.</summary>
internal sealed class Hl7Segment
{
    private readonly string[] fields;
    private readonly Hl7Delimiters delimiters;
    private readonly Encoding encoding;

    /// <summary>Reads a segment's line.</summary>
    public Hl7Segment(string line, Hl7Delimiters delimiters, Encoding encoding)
    {
        this.delimiters = delimiters;
        this.encoding = encoding;
        fields = line.Split(delimiters.Field);
        if (Name == "MSH")
        {
            fields = [fields[0], delimiters.Field.ToString(), .. fields[1..]]; // MSH-1 is the separator itself
        }
    }

    /// <summary>Three letters or digits.</summary>
    public string Name => fields[0];

    /// <summary>How many times a field repeats; 0 where it is empty.</summary>
    public int Repetitions(int field) => Raw(field) is { Length: > 0 } raw ? raw.Split(delimiters.Repetition).Length : 0;

    /// <summary>A value without its escapes.</summary>
    public string Get(int field, int component = 1, int subcomponent = 1, int repetition = 1)
    {
        var raw = Raw(field);
        if (Name == "MSH" && field <= 2)
        {
            return raw;
        }

        raw = Part(raw, delimiters.Repetition, repetition);
        raw = Part(raw, delimiters.Component, component);
        return Hl7Escapes.Unescape(Part(raw, delimiters.Subcomponent, subcomponent), delimiters, encoding);
    }

    /// <summary>The whole field as text: all components' escapes resolved, delimiters kept (for free text that some systems do not escape).</summary>
    public string GetText(int field) => Hl7Escapes.Unescape(Raw(field), delimiters, encoding);

    private string Raw(int field) => field < fields.Length ? fields[field] : string.Empty;

    private static string Part(string raw, char delimiter, int number)
    {
        var parts = raw.Split(delimiter);
        return number <= parts.Length ? parts[number - 1] : string.Empty;
    }
}
