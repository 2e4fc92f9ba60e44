// Hides small figures, and others with them so that none can be computed.
namespace Sisote.Policy.Figures;

/// <summary>
/// Decides what is hidden in a table of counts. First every figure from 1 to one below the smallest, in cells and sums alike. Then, for each hidden figure, the cheapest cube of further figures: two
/// codes along every dimension (the sum may be one of them), all corners hidden; or a few such cubes, where one does not reach far enough. Along such a cube one can add to some corners and take from others, and every published sum still holds; so whoever
/// computes from what is published must reckon with all of these tables.
/// </summary>
/// <remarks>
/// INVARIANT: what is published leaves for each small figure at least every number from 1 to the smallest that is said, so that nobody can compute even that it is small; and for each other hidden
/// figure at least as many numbers in a row. 0 is said: it tells of nobody. Refused where earlier publications leave no such cube. Pure and always the same for the same table.
/// After S. Giessing and D. Repsilber (hypercube method); docs/adr/0025 says what else was tried.
/// </remarks>
public static class Suppression
{
    /// <summary>The smallest figure that is ever said, whatever a rule says.</summary>
    public const int Floor = 5;

    /// <summary>Protects a table of which nothing was published.</summary>
    /// <param name="table">The counts.</param>
    /// <param name="smallest">The smallest figure that may be said, 5 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smallest"/> is less than 5.</exception>
    public static SuppressionOutcome Protect(FigureTable table, int smallest) => Protect(table, smallest, static _ => SaidBefore.Nothing);

    /// <summary>Protects a table together with what was published of it before.</summary>
    /// <param name="table">The counts, of everything that was published and is to be.</param>
    /// <param name="smallest">The smallest figure that may be said, 5 or more.</param>
    /// <param name="before">What was published of a place.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smallest"/> is less than 5.</exception>
    public static SuppressionOutcome Protect(FigureTable table, int smallest, Func<int, SaidBefore> before)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, Floor);
        var said = Enumerable.Range(0, table.Size).Select(before).ToArray();
        var hidden = new bool[table.Size];
        for (var place = 0; place < hidden.Length; place++)
        {
            hidden[place] = said[place] == SaidBefore.Hidden || IsSmall(table.At(place), smallest);
            if (hidden[place] && said[place] == SaidBefore.Shown)
            {
                return new SuppressionOutcome.Refused();
            }
        }

        return HideAround(table, smallest, hidden, said) ? new SuppressionOutcome.Protected(new ProtectedTable(table, smallest, hidden)) : new SuppressionOutcome.Refused();
    }

    /// <summary>Protects every hidden figure, and those that were hidden for its sake in their turn; what protects a figure goes on doing so when more is hidden.</summary>
    private static bool HideAround(FigureTable table, int smallest, bool[] hidden, SaidBefore[] said)
    {
        var cubes = new HidingCubes(table, smallest, hidden, said);
        var done = new bool[hidden.Length];
        while (Enumerable.Range(0, hidden.Length).Where(place => hidden[place] && !done[place]).OrderBy(table.At).ToArray() is { Length: > 0 } open)
        {
            foreach (var place in open)
            {
                if (!cubes.Hide(place))
                {
                    return false;
                }

                done[place] = true;
            }
        }

        return true;
    }

    internal static bool IsSmall(long count, int smallest) => count > 0 && count < smallest;
}
