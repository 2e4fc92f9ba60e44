// Which code may have been meant by one that does not exist.
namespace Sisote.Policy.Ids;

/// <summary>Finds the code nearest to a misspelt one, for messages to people; nothing is ever decided by it.</summary>
public static class NearestCode
{
    private const int MostToList = 12;

    /// <summary>The known code that differs least (a letter left out, put in, changed, or two swapped), or null where none is near.</summary>
    public static string? Find(string text, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        var most = Math.Max(1, text.Length / 4);
        return known
            .Select(code => (Code: code, Distance: Distance(text.ToLowerInvariant(), code.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= most)
            .OrderBy(static candidate => candidate.Distance)
            .ThenBy(static candidate => candidate.Code, StringComparer.Ordinal)
            .Select(static candidate => candidate.Code)
            .FirstOrDefault();
    }

    /// <summary>A sentence with the nearest code, else with all of them where they are few; empty where neither helps.</summary>
    public static string Suggest(string text, IEnumerable<string> known)
    {
        var codes = known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return Find(text, codes) is { } nearest ? $"Did you mean `{nearest}`?"
            : codes.Length is > 0 and <= MostToList ? $"There are: {string.Join(", ", codes)}."
            : string.Empty;
    }

    /// <summary>Damerau's distance between neighbours: the fewest letters to leave out, put in, change or swap.</summary>
    private static int Distance(string left, string right)
    {
        var rows = Enumerable.Range(0, left.Length + 1).Select(_ => new int[right.Length + 1]).ToArray();
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                rows[row][column] = row == 0 ? column : column == 0 ? row : Cheapest(rows, left, right, (row, column));
            }
        }

        return rows[^1][^1];
    }

    private static int Cheapest(int[][] rows, string left, string right, (int Row, int Column) at)
    {
        var (row, column) = at;
        var changed = rows[row - 1][column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
        var cheapest = Math.Min(changed, Math.Min(rows[row - 1][column], rows[row][column - 1]) + 1);
        return row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]
            ? Math.Min(cheapest, rows[row - 2][column - 2] + 1)
            : cheapest;
    }
}
