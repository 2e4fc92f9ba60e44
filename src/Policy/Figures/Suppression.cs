// Hides small figures, and others with them so that none can be computed.
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Sisote.Policy.Figures;

/// <summary>
/// Decides what is hidden in a table of counts. First every figure from 1 to one below the smallest, in cells and sums alike. Then, for each hidden figure, the cheapest cube of further figures: two
/// codes along every dimension (the sum may be one of them), all corners hidden; or a few such cubes, where one does not reach far enough. Along such a cube one can add to some corners and take from others, and every published sum still holds; so whoever
/// computes from what is published must reckon with all of these tables. What a figure costs is drawn anew for each publication and does not depend on the figure; a sum costs more than a cell.
/// </summary>
/// <remarks>
/// INVARIANT: whoever reckons only with what is published, and with the sums, finds for each small figure at least every number from 1 to the smallest that is said, and for each other hidden figure at least as many numbers in a row.
/// Whoever knows this algorithm too, and what was drawn not, can leave out tables of which it would have hidden something else: <c>KnownAlgorithmTests</c> try every small table of one dimension of two to four codes, and at least two numbers are left for each small figure.
/// In tables of several dimensions that does not hold. It is not promised that nobody can tell that a hidden figure is small: a table in which something is hidden has a small figure.
/// 0 is said, unless it is hidden for another's sake: it tells of nobody. Refused where earlier publications leave no such cube. The same table is hidden in another way when it is protected again: a pattern is kept, never made anew.
/// After S. Giessing and D. Repsilber (hypercube method); docs/adr/0025 says what else was tried.
/// </remarks>
public static class Suppression
{
    /// <summary>The smallest figure that is ever said, whatever a rule says.</summary>
    public const int Floor = 5;

    /// <summary>How many numbers a draw chooses from.</summary>
    public const int Draws = 64;

    private const long Cell = 64;
    private const long Sum = 20;

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
    public static SuppressionOutcome Protect(FigureTable table, int smallest, Func<int, SaidBefore> before) => Protect(table, [], smallest, before);

    /// <summary>Protects a table from those, too, who counted a part of it.</summary>
    /// <param name="table">The counts, of everything that was published and is to be.</param>
    /// <param name="insiders">Those who know a part of them. What each does not know is protected as if it were a table of its own, published with the same figures hidden. Two who join what they know are not reckoned with.</param>
    /// <param name="smallest">The smallest figure that may be said, 5 or more.</param>
    /// <param name="before">What was published of a place.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smallest"/> is less than 5.</exception>
    public static SuppressionOutcome Protect(FigureTable table, ImmutableArray<Insider> insiders, int smallest, Func<int, SaidBefore> before) =>
        Protect(table, insiders, smallest, before, static _ => RandomNumberGenerator.GetInt32(Draws));

    /// <summary>The same with draws of one's own: a number from 0 to one below <see cref="Draws"/> for each place, and for each line.</summary>
    internal static SuppressionOutcome Protect(FigureTable table, ImmutableArray<Insider> insiders, int smallest, Func<int, SaidBefore> before, Func<int, int> draw)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, Floor);
        if (insiders.Any(one => !one.Rest.HasDimensionsOf(table)))
        {
            throw new ArgumentException("What somebody does not know has the dimensions of the whole.", nameof(insiders));
        }

        var said = Enumerable.Range(0, table.Size).Select(before).ToArray();
        var hidden = said.Select((one, place) => one == SaidBefore.Hidden || table.IsSmall(place, smallest) || insiders.Any(each => each.Rest.IsSmall(place, smallest))).ToArray();
        if (hidden.Zip(said).Any(static place => place.First && place.Second == SaidBefore.Shown))
        {
            return new SuppressionOutcome.Refused();
        }

        var prices = Enumerable.Range(0, table.Size).Select(place => PriceAt(table, place, draw(place))).ToArray();
        var mixed = MixedLinesOf(table, draw);
        return HideAround([
            new TableHiding(table, true, smallest, hidden, said, prices, mixed),
            .. insiders.Select(one => new TableHiding(one.Rest, false, smallest, hidden, [.. said.Select((before, place) => one.Knows(place) ? SaidBefore.Shown : before)], prices, mixed))])
            ? new SuppressionOutcome.Protected(new ProtectedTable(table, smallest, hidden))
            : new SuppressionOutcome.Refused();
    }

    /// <summary>Protects the hidden figures of every table, and what was hidden for their sake in its turn, until nothing more is hidden.</summary>
    private static bool HideAround(TableHiding[] tables)
    {
        bool isMore;
        do
        {
            isMore = false;
            foreach (var table in tables)
            {
                if (table.HideAround() is not { } hasHidden)
                {
                    return false;
                }

                isMore |= hasHidden;
            }
        }
        while (isMore);

        return true;
    }

    /// <summary>The lines in which something is hidden that is not small: in a single line always, so that it does not tell by its sum that all of it is small; in rows and columns every other one, for if it were always, that nothing is would tell more.</summary>
    private static HashSet<(int Dimension, int Sum)> MixedLinesOf(FigureTable table, Func<int, int> draw) =>
    [
        .. from dimension in Enumerable.Range(0, table.Dimensions.Length)
           from place in Enumerable.Range(0, table.Size)
           where table.IsSum(place, dimension) && (table.Dimensions.Length == 1 || draw((table.Size * (dimension + 1)) + place) < Draws / 2)
           select (dimension, place),
    ];

    private static long PriceAt(FigureTable table, int place, int drawn)
    {
        var price = Cell + drawn;
        for (var dimension = 0; dimension < table.Dimensions.Length; dimension++)
        {
            price *= table.IsSum(place, dimension) ? Sum : 1;
        }

        return price;
    }
}
