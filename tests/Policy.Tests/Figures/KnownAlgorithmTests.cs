// What one who knows the algorithm, and not what was drawn, can tell of a published table: every table there is of a few codes, and every order that can be drawn.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Policy.Figures;
using static Sisote.Tests.Policy.Figures.SuppressionPropertyTests;

namespace Sisote.Tests.Policy.Figures;

public sealed class KnownAlgorithmTests
{
    private const int Smallest = 5;

    [Theory]
    [InlineData(2, 24)]
    [InlineData(3, 18)]
    [InlineData(4, 13)]
    public void WhoeverKnowsTheAlgorithmStillReckonsWithTwoNumbersForEverySmallFigure(int codes, int greatest)
    {
        var told = new Publications();
        foreach (var counts in Tables(codes, greatest))
        {
            var table = Table([codes], counts);
            told.Add(table, table, [], Orders(codes));
        }

        Assert.Empty(told.ToldFigures());
    }

    [Fact]
    public void AFigureThatOnlyOnePartOfTheSumWouldTellIsHidden()
    {
        var (one, other) = (Table([2], [10, 20]), Table([2], [2, 3]));

        var shown = Assert.IsType<SuppressionOutcome.Protected>(Suppression.Protect(FigureTable.Together([one, other])!, [new Insider(one, static _ => false), new Insider(other, static _ => false)], Smallest, static _ => SaidBefore.Nothing)).Table;

        Assert.Equal("xxx", shown.Pattern);
    }

    [Fact]
    public void AFigureThatSomebodyKnowsWholeHidesNothingFromThem()
    {
        var shown = Assert.IsType<SuppressionOutcome.Protected>(Suppression.Protect(Table([3], [3, 7, 20]), [new Insider(Table([3], [3, 0, 20]), static place => place == 1)], Smallest, static _ => SaidBefore.Nothing)).Table;

        Assert.True(shown.IsHidden(2) || shown.IsHidden(3));
    }

    [Fact]
    public void ASumOfCountingsThatCanBeOfTheSamePersonsIsSmallUnlessOneOfThemIsNot()
    {
        var table = FigureTable.Make([new("area", ["a", "b"]), new("month", ["m1", "m2"], Overlaps: true)], [(["a", "m1"], 4), (["a", "m2"], 4), (["b", "m1"], 4), (["b", "m2"], 9)])!;

        Assert.Equal([true, true, true, true, false, false, false, false, false], Enumerable.Range(0, table.Size).Select(place => table.IsSmall(place, Smallest)));
        Assert.True(FigureTable.Together([Table([], [4]), Table([], [4])])!.IsSmall(0, Smallest));
        Assert.Null(FigureTable.Together([Table([2], [4, 4]), Table([], [4])]));
    }

    [Theory]
    [InlineData(2, 12)]
    [InlineData(3, 8)]
    public void AnOrganisationThatTakesItsOwnCountsFromTheSumStillReckonsWithTwoNumbersForEverySmallFigureOfTheOther(int codes, int greatest)
    {
        foreach (var own in Tables(codes, greatest))
        {
            var (known, told) = (Table([codes], own), new Publications());
            foreach (var other in Tables(codes, greatest))
            {
                var unknown = Table([codes], other);
                told.Add(unknown, FigureTable.Together([known, unknown])!, [new Insider(known, static _ => false), new Insider(unknown, static _ => false)], Orders(codes));
            }

            Assert.Empty(told.ToldFigures());
        }
    }

    [Theory]
    [InlineData(2, 24)]
    [InlineData(3, 18)]
    [InlineData(4, 13)]
    public void WhoeverKnowsTheAlgorithmCannotTellOfAnyCellOfALineThatItIsSmall(int codes, int greatest)
    {
        var told = new Publications();
        foreach (var counts in Tables(codes, greatest))
        {
            var table = Table([codes], counts);
            told.Add(table, table, [], Orders(codes));
        }

        Assert.Empty(told.SurelySmall(codes));
    }

    private static IEnumerable<long[]> Tables(int codes, int greatest) =>
        codes == 0 ? [[]] : Enumerable.Range(0, greatest + 1).SelectMany(first => Tables(codes - 1, greatest - first).Select(rest => (long[])[first, .. rest]));

    /// <summary>Every order of the prices of some codes, with the sum as the last: prices are only ever compared one by one in a table of one dimension.</summary>
    private static Func<int, int>[] Orders(int codes) => [.. Permutations([.. Enumerable.Range(0, codes)]).Select(static order => (Func<int, int>)(place => place < order.Length ? order[place] : 0))];

    private static IEnumerable<ImmutableArray<int>> Permutations(ImmutableArray<int> rest) =>
        rest.IsEmpty ? [[]] : rest.SelectMany(one => Permutations(rest.Remove(one)).Select(others => others.Insert(0, one)));

    /// <summary>Every published table, by what it says, with all tables of which it can be published.</summary>
    private sealed class Publications
    {
        private readonly Dictionary<string, List<long[]>> told = [];

        public void Add(FigureTable reckoned, FigureTable published, ImmutableArray<Insider> insiders, Func<int, int>[] draws)
        {
            long[] figures = [.. Enumerable.Range(0, reckoned.Size).Select(reckoned.At)];
            foreach (var said in draws.Select(draw => Say(published, insiders, draw)).Distinct())
            {
                if (!told.TryGetValue(said, out var tables))
                {
                    told.Add(said, tables = []);
                }

                tables.Add(figures);
            }
        }

        /// <summary>Small figures of which there is no other table with another number.</summary>
        public IEnumerable<string> ToldFigures()
        {
            foreach (var (said, tables) in told)
            {
                for (var place = 0; place < tables[0].Length; place++)
                {
                    if (tables[0][place] is var figure && figure is > 0 and < Smallest && tables.TrueForAll(table => table[place] == figure))
                    {
                        yield return $"{said}: {string.Join(" | ", tables.Select(static table => string.Join(' ', table)))}";
                    }
                }
            }
        }

        /// <summary>Cells that are small in every table.</summary>
        public IEnumerable<string> SurelySmall(int codes) =>
            from one in told from place in Enumerable.Range(0, codes) where one.Value.TrueForAll(table => table[place] is > 0 and < Smallest) select $"{one.Key}: {string.Join(" | ", one.Value.Select(static table => string.Join(' ', table)))}";

        private static string Say(FigureTable table, ImmutableArray<Insider> insiders, Func<int, int> draw)
        {
            var shown = Assert.IsType<SuppressionOutcome.Protected>(Suppression.Protect(table, insiders, Smallest, static _ => SaidBefore.Nothing, draw)).Table;
            return string.Join(' ', Enumerable.Range(0, table.Size).Select(place => shown.At(place)?.ToString(CultureInfo.InvariantCulture) ?? "x"));
        }
    }
}
