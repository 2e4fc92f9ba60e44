// Reads comma-separated values (RFC 4180), strictly.
using System.Collections.Immutable;
using System.Text;

namespace Sisote.Adapters.Native;

/// <summary>Rows of cells. A quote out of place, a cell without its end, or a row of another length than the header is a fault of that row.</summary>
internal static class CsvText
{
    /// <summary>How many rows are read: a hostile file of empty rows or cells would fill the memory.</summary>
    public const int MostRows = 200_000;

    private const int MostColumns = 1_000;
    private const int MostCells = 5_000_000;

    /// <summary>All rows, the header first.</summary>
    /// <exception cref="CsvFaultException">Not CSV.</exception>
    public static ImmutableArray<ImmutableArray<string>> Read(string text, char delimiter)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        for (var at = 0; at < text.Length;)
        {
            var row = ReadRow(text, delimiter, ref at, rows.Count + 1);
            if (row is not [""])
            {
                if (rows.Count > 0 && row.Length != rows[0].Length)
                {
                    throw new CsvFaultException(rows.Count + 1, $"{row.Length} cells where the header has {rows[0].Length}");
                }

                if (rows.Count > MostRows || (rows.Count + 1L) * row.Length > MostCells)
                {
                    throw new CsvFaultException(rows.Count + 1, "more rows or cells than the adapter reads");
                }

                rows.Add(row);
            }
            else if (at < text.Length)
            {
                throw new CsvFaultException(rows.Count + 1, "an empty row");
            }
        }

        return rows.ToImmutable();
    }

    private static ImmutableArray<string> ReadRow(string text, char delimiter, ref int at, int row)
    {
        var cells = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            if (cells.Count == MostColumns)
            {
                throw new CsvFaultException(row, "more cells than the adapter reads");
            }

            cells.Add(at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at, row) : ReadPlain(text, delimiter, ref at, row));
            if (at >= text.Length)
            {
                return cells.ToImmutable();
            }

            var after = text[at++];
            if (after != delimiter)
            {
                at += after == '\r' && at < text.Length && text[at] == '\n' ? 1 : 0;
                return after is '\r' or '\n' ? cells.ToImmutable() : throw new CsvFaultException(row, "something behind a closing quote");
            }
        }
    }

    private static string ReadPlain(string text, char delimiter, ref int at, int row)
    {
        var from = at;
        while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
        {
            if (text[at++] == '"')
            {
                throw new CsvFaultException(row, "a quote inside a cell that does not begin with one");
            }
        }

        return text[from..at];
    }

    private static string ReadQuoted(string text, ref int at, int row)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (++at < text.Length && text[at] == '"')
            {
                cell.Append('"');
            }
            else
            {
                return cell.ToString();
            }
        }

        throw new CsvFaultException(row, "a quote that is not closed");
    }
}

/// <summary>A row that is no CSV; says the row, never a value.</summary>
/// <param name="row">Row, the header is 1.</param>
/// <param name="what">What is wrong.</param>
public sealed class CsvFaultException(int row, string what) : Exception(what)
{
    /// <summary>Row, the header is 1.</summary>
    public int Row => row;
}
