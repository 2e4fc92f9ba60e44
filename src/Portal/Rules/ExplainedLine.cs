// An explanation of the rules, taken apart along its indentation so that a page can show it as headings and lists.
using System.Collections.Immutable;

namespace Sisote.Portal.Rules;

/// <summary>One line of an explanation with the lines that stand under it.</summary>
/// <param name="Text">The line without indentation, dash and number.</param>
/// <param name="IsNumbered">Whether it had a number: its place in the order says something.</param>
/// <param name="Below">The lines under it.</param>
internal sealed record ExplainedLine(string Text, bool IsNumbered, ImmutableArray<ExplainedLine> Below)
{
    /// <summary>Reads a text whose lines are indented by spaces. A dash stands under the line before it where both begin at the same column.</summary>
    internal static ImmutableArray<ExplainedLine> Read(string text)
    {
        var lines = text.Split('\n').Where(static line => !string.IsNullOrWhiteSpace(line)).Select(Measured).ToArray();
        var next = 0;
        return Take(lines, ref next, -1);
    }

    private static ImmutableArray<ExplainedLine> Take((int Depth, string Text, bool IsNumbered)[] lines, ref int next, int above)
    {
        var taken = ImmutableArray.CreateBuilder<ExplainedLine>();
        while (next < lines.Length && lines[next].Depth > above)
        {
            var (depth, text, isNumbered) = lines[next++];
            taken.Add(new ExplainedLine(text, isNumbered, Take(lines, ref next, depth)));
        }

        return taken.ToImmutable();
    }

    private static (int Depth, string Text, bool IsNumbered) Measured(string line)
    {
        var text = line.TrimStart(' ');
        var depth = 2 * (line.Length - text.Length);
        if (text.StartsWith("- ", StringComparison.Ordinal))
        {
            return (depth + 1, text[2..], false);
        }

        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && text.AsSpan(digits).StartsWith(". ") ? (depth, text[(digits + 2)..], true) : (depth, text, false);
    }
}
