// The characters that structure one message.
namespace Sisote.Adapters.Hl7v2;

/// <summary>Field separator and encoding characters of a message (MSH-1, MSH-2); a message states its own.</summary>
internal readonly record struct Hl7Delimiters(char Field, char Component, char Repetition, char Escape, char Subcomponent)
{
    /// <summary>The usual ones, <c>|^~\&amp;</c>; what this room writes.</summary>
    public static Hl7Delimiters Usual { get; } = new('|', '^', '~', '\\', '&');

    /// <summary>Reads them from the beginning of a header segment; null where they are too few, alike, or letters, digits or blanks.</summary>
    public static Hl7Delimiters? Read(ReadOnlySpan<char> header)
    {
        if (header.Length < 8 || !header.StartsWith("MSH"))
        {
            return null;
        }

        var found = header[3..8];
        for (var index = 0; index < found.Length; index++)
        {
            if (char.IsLetterOrDigit(found[index]) || char.IsControl(found[index]) || found[index] == ' ' || found[(index + 1)..].Contains(found[index]))
            {
                return null;
            }
        }

        return new Hl7Delimiters(found[0], found[1], found[2], found[3], found[4]);
    }
}
