// Plain tables for the terminal.
namespace Sisote.Host.Commands;

/// <summary>Writes rows under their headings, each column as wide as its widest cell.</summary>
internal static class Table
{
    /// <summary>Writes the table and an empty line.</summary>
    internal static void Write(TextWriter writer, string[] headings, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        var widths = headings.Select((heading, column) => all.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        foreach (var row in all.Prepend(widths.Select(static width => new string('-', width)).ToArray()).Prepend(headings))
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        writer.WriteLine();
    }
}
