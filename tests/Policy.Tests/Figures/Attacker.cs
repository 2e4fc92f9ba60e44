// One who computes what is hidden from what is published.
using Sisote.Policy.Figures;

namespace Sisote.Tests.Policy.Figures;

/// <summary>Knows every published figure, that every table adds up and that nobody counts fewer than 0 persons; finds the least and the greatest that a hidden figure can be, by linear programming (simplex, two phases, Bland's rule).</summary>
internal sealed class Attacker
{
    private const double Nearly = 1e-7;

    private readonly int[] unknown;
    private readonly List<double[]> equations = [];

    public Attacker(FigureTable table, Func<int, long?> published)
    {
        unknown = [.. Enumerable.Range(0, table.Size).Where(place => published(place) is null)];
        var column = unknown.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index);
        for (var place = 0; place < table.Size; place++)
        {
            var codes = table.CodesAt(place);
            foreach (var dimension in Enumerable.Range(0, codes.Length).Where(number => codes[number] is null))
            {
                var equation = new double[unknown.Length + 1];
                Add(place, -1);
                foreach (var code in table.Dimensions[dimension].Codes)
                {
                    Add(table.Find(codes.SetItem(dimension, code))!.Value, 1);
                }

                if (equation.AsSpan(0, unknown.Length).ContainsAnyExcept(0))
                {
                    equations.Add(equation);
                }

                void Add(int at, int sign)
                {
                    if (published(at) is { } count)
                    {
                        equation[^1] -= sign * count;
                    }
                    else
                    {
                        equation[column[at]] += sign;
                    }
                }
            }
        }
    }

    public IEnumerable<int> Unknown => unknown;

    /// <summary>The least and the greatest that a figure can be; infinity where there is no greatest.</summary>
    public (double Least, double Greatest) BoundsOf(int place)
    {
        var column = Array.IndexOf(unknown, place);
        return (-Greatest(column, -1), Greatest(column, 1));
    }

    private double Greatest(int column, int sign)
    {
        var (rows, columns) = (equations.Count, unknown.Length);
        var body = equations.Select(static equation => equation[^1] < 0 ? equation.Select(static value => -value).ToArray() : [.. equation]).ToArray();
        var tableau = Enumerable.Range(0, rows + 1).Select(_ => new double[columns + rows + 1]).ToArray();
        var basis = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            for (var at = 0; at < columns; at++)
            {
                tableau[row][at] = body[row][at];
                tableau[rows][at] -= body[row][at];
            }

            tableau[row][columns + row] = 1;
            tableau[row][columns + rows] = body[row][^1];
            tableau[rows][columns + rows] -= body[row][^1];
            basis[row] = columns + row;
        }

        Assert.True(Solve(tableau, basis, columns + rows));
        Assert.True(Math.Abs(tableau[rows][columns + rows]) < 1e-5, "the published figures contradict each other");
        Retire(tableau, basis, columns);
        for (var at = 0; at <= columns + rows; at++)
        {
            tableau[rows][at] = 0;
        }

        tableau[rows][column] = -sign;
        for (var row = 0; row < rows; row++)
        {
            if (basis[row] == column)
            {
                Eliminate(tableau, rows, row, column);
            }
        }

        return Solve(tableau, basis, columns) ? tableau[rows][columns + rows] : double.PositiveInfinity;
    }

    /// <summary>Takes helping columns out of the basis; one that cannot be taken out stands for an equation that says nothing new.</summary>
    private static void Retire(double[][] tableau, int[] basis, int columns)
    {
        for (var row = 0; row < basis.Length; row++)
        {
            if (basis[row] >= columns && Enumerable.Range(0, columns).Cast<int?>().FirstOrDefault(at => Math.Abs(tableau[row][at!.Value]) > Nearly) is { } entering)
            {
                Pivot(tableau, basis, row, entering);
            }
        }
    }

    private static bool Solve(double[][] tableau, int[] basis, int columns)
    {
        var (rows, right) = (basis.Length, tableau[0].Length - 1);
        while (true)
        {
            var entering = Enumerable.Range(0, columns).Cast<int?>().FirstOrDefault(at => tableau[rows][at!.Value] < -Nearly);
            if (entering is not { } column)
            {
                return true;
            }

            var (leaving, least) = (-1, double.PositiveInfinity);
            for (var row = 0; row < rows; row++)
            {
                if (tableau[row][column] > Nearly && tableau[row][right] / tableau[row][column] is var ratio && (ratio < least - Nearly || (ratio < least + Nearly && leaving >= 0 && basis[row] < basis[leaving])))
                {
                    (leaving, least) = (row, ratio);
                }
            }

            if (leaving < 0)
            {
                return false;
            }

            Pivot(tableau, basis, leaving, column);
        }
    }

    private static void Pivot(double[][] tableau, int[] basis, int leaving, int entering)
    {
        var by = tableau[leaving][entering];
        for (var at = 0; at < tableau[0].Length; at++)
        {
            tableau[leaving][at] /= by;
        }

        for (var row = 0; row <= basis.Length; row++)
        {
            if (row != leaving)
            {
                Eliminate(tableau, row, leaving, entering);
            }
        }

        basis[leaving] = entering;
    }

    private static void Eliminate(double[][] tableau, int row, int pivot, int column)
    {
        if (tableau[row][column] is var by && by != 0)
        {
            for (var at = 0; at < tableau[0].Length; at++)
            {
                tableau[row][at] -= by * tableau[pivot][at];
            }
        }
    }
}
