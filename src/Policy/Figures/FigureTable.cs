// Counts by dimensions, with every sum over them.
using System.Collections.Immutable;

namespace Sisote.Policy.Figures;

/// <summary>
/// How many persons there are in each cell of a table, and in each sum over one or more of its dimensions up to the grand total. A cell is named by one code for each dimension; null in the place
/// of a code is the sum over that dimension.
/// </summary>
/// <remarks>It holds counts, never persons, and lives in memory only: what may be said of it is a <see cref="ProtectedTable"/>.</remarks>
public sealed class FigureTable
{
    /// <summary>The most dimensions of a table.</summary>
    public const int MostDimensions = 4;

    /// <summary>The most cells of a table, sums included.</summary>
    public const int MostCells = 5000;

    private readonly long[] counts;
    private readonly long[] persons;
    private readonly int[] strides;

    private FigureTable(ImmutableArray<FigureDimension> dimensions, int[] strides, int size) =>
        (Dimensions, this.strides, counts, persons) = (dimensions, strides, new long[size], new long[size]);

    /// <summary>The dimensions, in the order of codes.</summary>
    public ImmutableArray<FigureDimension> Dimensions { get; }

    /// <summary>How many cells there are, sums included; a place is a number from 0 to one less.</summary>
    public int Size => counts.Length;

    /// <summary>The table of these counts; a cell that is not named counts nobody. Null where it does not fit: a code that its dimension lacks, a cell named twice, a count below 0, or too much of anything.</summary>
    public static FigureTable? Make(ImmutableArray<FigureDimension> dimensions, IEnumerable<(ImmutableArray<string> Codes, long Count)> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (Empty(dimensions) is not { } table)
        {
            return null;
        }

        var named = new HashSet<int>();
        foreach (var (codes, count) in cells)
        {
            if (table.Find([.. codes]) is not { } place || codes.Contains(null!) || !named.Add(place) || count is < 0 or > int.MaxValue)
            {
                return null;
            }

            (table.counts[place], table.persons[place]) = (count, count);
        }

        table.AddUp();
        return table;
    }

    /// <summary>
    /// The table of several countings of the same dimensions, by organisations that do not know of each other whom they counted: counts are added, and what is surely so many persons is the most that one
    /// of them counted. Null where there is none or they differ in their dimensions.
    /// </summary>
    public static FigureTable? Together(IReadOnlyCollection<FigureTable> countings)
    {
        ArgumentNullException.ThrowIfNull(countings);
        if (countings.FirstOrDefault() is not { } first || countings.Any(one => !one.HasDimensionsOf(first)))
        {
            return null;
        }

        var together = new FigureTable(first.Dimensions, first.strides, first.Size);
        foreach (var one in countings)
        {
            for (var place = 0; place < one.Size; place++)
            {
                together.counts[place] += one.counts[place];
                together.persons[place] = Math.Max(together.persons[place], one.persons[place]);
            }
        }

        return together;
    }

    /// <summary>How many there are at a place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public long At(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, counts.Length);
        return counts[place];
    }

    /// <summary>Whether the figure at a place can be of fewer persons than the smallest that is said, and is not 0. A figure that adds up several countings of perhaps the same persons is small unless one of them is not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public bool IsSmall(int place, int smallest) => At(place) > 0 && persons[place] < smallest;

    /// <summary>The place of a cell or sum; null where a code is unknown or the number of codes is not that of dimensions.</summary>
    public int? Find(ImmutableArray<string?> codes)
    {
        if (codes.IsDefault || codes.Length != Dimensions.Length)
        {
            return null;
        }

        var place = 0;
        for (var dimension = 0; dimension < codes.Length; dimension++)
        {
            var index = codes[dimension] is { } code ? Dimensions[dimension].Codes.IndexOf(code) : Dimensions[dimension].Codes.Length;
            if (index < 0)
            {
                return null;
            }

            place += index * strides[dimension];
        }

        return place;
    }

    /// <summary>The codes of a place, null where it is a sum.</summary>
    public ImmutableArray<string?> CodesAt(int place) =>
        [.. Dimensions.Select((dimension, number) => IndexAt(place, number) is var index && index < dimension.Codes.Length ? dimension.Codes[index] : null)];

    /// <summary>The index of a place along a dimension; the number of its codes = the sum.</summary>
    internal int IndexAt(int place, int dimension) => place / strides[dimension] % (Dimensions[dimension].Codes.Length + 1);

    /// <summary>Whether a place is a sum over a dimension.</summary>
    internal bool IsSum(int place, int dimension) => IndexAt(place, dimension) == Dimensions[dimension].Codes.Length;

    /// <summary>How far apart neighbours along a dimension are.</summary>
    internal int StrideOf(int dimension) => strides[dimension];

    /// <summary>The places of a line: those that differ from a place in the code of one dimension only, the place and the sum among them.</summary>
    internal IEnumerable<int> LineOf(int place, int dimension)
    {
        var first = place - (IndexAt(place, dimension) * strides[dimension]);
        return Enumerable.Range(0, Dimensions[dimension].Codes.Length + 1).Select(index => first + (index * strides[dimension]));
    }

    /// <summary>Whether two tables have the same dimensions with the same codes.</summary>
    internal bool HasDimensionsOf(FigureTable other) =>
        Dimensions.Length == other.Dimensions.Length && Dimensions.Zip(other.Dimensions).All(static pair => pair.First.Id == pair.Second.Id && pair.First.Overlaps == pair.Second.Overlaps && pair.First.Codes.SequenceEqual(pair.Second.Codes));

    private static FigureTable? Empty(ImmutableArray<FigureDimension> dimensions)
    {
        if (dimensions.IsDefault || dimensions.Length > MostDimensions || dimensions.Any(IsUnsound) || dimensions.Select(static one => one.Id).Distinct(StringComparer.Ordinal).Count() < dimensions.Length)
        {
            return null;
        }

        var strides = new int[dimensions.Length];
        var size = 1;
        for (var dimension = dimensions.Length - 1; dimension >= 0; dimension--)
        {
            strides[dimension] = size;
            if (dimensions[dimension].Codes.Length >= MostCells || (size *= dimensions[dimension].Codes.Length + 1) > MostCells)
            {
                return null;
            }
        }

        return new FigureTable(dimensions, strides, size);
    }

    private static bool IsUnsound(FigureDimension dimension) =>
        dimension.Codes.IsDefaultOrEmpty || dimension.Codes.Contains(null!) || dimension.Codes.Distinct(StringComparer.Ordinal).Count() < dimension.Codes.Length;

    /// <summary>Sums over dimensions of which everybody has one code come first: they are persons still.</summary>
    private void AddUp()
    {
        foreach (var dimension in Enumerable.Range(0, Dimensions.Length).OrderBy(number => Dimensions[number].Overlaps))
        {
            AddUp(dimension);
        }
    }

    private void AddUp(int dimension)
    {
        var last = Dimensions[dimension].Codes.Length;
        for (var place = 0; place < counts.Length; place++)
        {
            if (IndexAt(place, dimension) is var index && index < last)
            {
                var sum = place + ((last - index) * strides[dimension]);
                counts[sum] += counts[place];
                persons[sum] = Dimensions[dimension].Overlaps ? Math.Max(persons[sum], persons[place]) : persons[sum] + persons[place];
            }
        }
    }
}
