// Finds the cheapest cube that protects a hidden figure.
namespace Sisote.Policy.Figures;

/// <summary>
/// Tries every cube that has the figure as a corner: one partner along each dimension. Two codes move against each other, a code and the sum together. How far the figure could go down is the
/// least of the corners that move with it, how far up the least of those that move against it. Where no one cube goes far enough, several are taken one after the other, each from the table that the
/// one before left.
/// </summary>
internal sealed class HidingCubes(FigureTable table, int smallest, bool[] hidden, SaidBefore[] said, long[] prices)
{
    private readonly int count = table.Dimensions.Length;
    private readonly long[] counts = [.. Enumerable.Range(0, table.Size).Select(table.At)];
    private readonly (int Place, bool IsTogether)[] corners = new (int, bool)[1 << table.Dimensions.Length];
    private readonly (int Place, bool IsTogether)[] best = new (int, bool)[1 << table.Dimensions.Length];

    /// <summary>Hides around a hidden figure what protects it; false where nothing does.</summary>
    public bool Hide(int place)
    {
        var (value, isSmall) = (counts[place], counts[place] > 0 && counts[place] < smallest);
        if (TryHide(place, counts, (down, up) => isSmall ? value - down <= 1 && up >= smallest - value : up >= smallest - 1 - down))
        {
            return true;
        }

        return isSmall ? Move(place, 1) && Move(place, smallest) : Move(place, value + smallest - 1);
    }

    /// <summary>Hides what lets a figure be any number from its own to another.</summary>
    private bool Move(int place, long target)
    {
        var other = (long[])[.. counts];
        while (other[place] != target)
        {
            var isUp = target > other[place];
            if (!TryHide(place, other, (down, up) => (isUp ? up : down) >= 1))
            {
                return false;
            }

            var step = Math.Min(Math.Abs(target - other[place]), best.Where(corner => corner.IsTogether != isUp).Select(corner => other[corner.Place]).DefaultIfEmpty(long.MaxValue).Min());
            foreach (var (corner, isTogether) in best)
            {
                other[corner] += isTogether == isUp ? step : -step;
            }
        }

        return true;
    }

    /// <summary>Hides the cheapest cube whose reach is enough; its corners stay in <see cref="best"/>.</summary>
    private bool TryHide(int place, long[] values, Func<long, long, bool> isEnough)
    {
        var steps = Enumerable.Range(0, count).Select(dimension => StepsFrom(place, dimension)).ToArray();
        var chosen = new int[count];
        var least = long.MaxValue;
        do
        {
            var price = PriceOf(place, values, steps, chosen, least, isEnough);
            if (price < least)
            {
                least = price;
                corners.CopyTo(best, 0);
            }
        }
        while (least > 0 && Next(chosen, steps));

        if (least == long.MaxValue)
        {
            return false;
        }

        foreach (var (corner, _) in best)
        {
            hidden[corner] = true;
        }

        return true;
    }

    private static bool Next(int[] chosen, (int Offset, bool Together)[][] steps)
    {
        for (var dimension = 0; dimension < chosen.Length; dimension++)
        {
            if (++chosen[dimension] < steps[dimension].Length)
            {
                return true;
            }

            chosen[dimension] = 0;
        }

        return false;
    }

    private (int Offset, bool Together)[] StepsFrom(int place, int dimension)
    {
        var (own, sum) = (table.IndexAt(place, dimension), table.Dimensions[dimension].Codes.Length);
        return [.. Enumerable.Range(0, sum + 1).Where(other => other != own).Select(other => ((other - own) * table.StrideOf(dimension), own == sum || other == sum))];
    }

    /// <summary>What hiding the cube costs; the greatest number where it costs more than the cheapest so far, touches what was shown, or does not reach far enough.</summary>
    private long PriceOf(int place, long[] values, (int Offset, bool Together)[][] steps, int[] chosen, long least, Func<long, long, bool> isEnough)
    {
        var (price, down, up) = (0L, long.MaxValue, long.MaxValue);
        for (var corner = 0; corner < corners.Length; corner++)
        {
            var (at, together) = (place, true);
            for (var dimension = 0; dimension < count; dimension++)
            {
                if ((corner >> dimension & 1) == 1)
                {
                    var step = steps[dimension][chosen[dimension]];
                    (at, together) = (at + step.Offset, together == step.Together);
                }
            }

            price += hidden[at] ? 0 : prices[at];
            if (price >= least || said[at] == SaidBefore.Shown)
            {
                return long.MaxValue;
            }

            corners[corner] = (at, together);
            (down, up) = together ? (Math.Min(down, values[at]), up) : (down, Math.Min(up, values[at]));
        }

        return isEnough(down, up) ? price : long.MaxValue;
    }
}
