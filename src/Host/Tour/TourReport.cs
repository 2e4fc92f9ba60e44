// What the tour says while it plays, and whether every expectation held.
using System.Globalization;

namespace Sisote.Host.Tour;

/// <summary>Prints each step in the same order of words: asked, holds, left, stayed, rule, log. Counts what did not come out as expected.</summary>
internal sealed class TourReport(TextWriter writer)
{
    private const int LabelWidth = 9;
    private const int LineWidth = 118;
    private int step;

    /// <summary>How many expectations held.</summary>
    internal int Held { get; private set; }

    /// <summary>Expectations that did not hold.</summary>
    internal List<string> Failures { get; } = [];

    /// <summary>Begins a case.</summary>
    internal void Case(string title, string works, string mustNot)
    {
        writer.WriteLine();
        writer.WriteLine($"=== {title}");
        Say("works", works);
        Say("must not", mustNot);
    }

    /// <summary>Begins a step.</summary>
    internal void Step(string title)
    {
        step++;
        writer.WriteLine();
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step}. {title}"));
    }

    /// <summary>Says one thing about the step.</summary>
    internal void Say(string label, string text)
    {
        var first = true;
        foreach (var line in Wrap(text))
        {
            writer.WriteLine($"   {(first ? label : string.Empty).PadRight(LabelWidth)} {line}");
            first = false;
        }
    }

    /// <summary>Checks an expectation and says so.</summary>
    internal void Expect(string what, bool held)
    {
        Say(held ? "ok" : "NOT OK", what);
        if (held)
        {
            Held++;
        }
        else
        {
            Failures.Add(string.Create(CultureInfo.InvariantCulture, $"step {step}: {what}"));
        }
    }

    /// <summary>The last lines.</summary>
    internal void Close()
    {
        writer.WriteLine();
        writer.WriteLine(Failures.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"The tour is over: all {Held} expectations held.")
            : string.Create(CultureInfo.InvariantCulture, $"The tour is over: {Failures.Count} of {Held + Failures.Count} expectations did not hold:"));
        foreach (var failure in Failures)
        {
            writer.WriteLine("   " + failure);
        }
    }

    private static IEnumerable<string> Wrap(string text)
    {
        foreach (var paragraph in text.Split('\n'))
        {
            var line = string.Empty;
            foreach (var word in paragraph.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > LineWidth - LabelWidth)
                {
                    yield return line;
                    line = string.Empty;
                }

                line = line.Length == 0 ? word : line + " " + word;
            }

            yield return line;
        }
    }
}
