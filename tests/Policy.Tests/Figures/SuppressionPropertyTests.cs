// What nobody can compute from published tables, for random ones.
using System.Collections.Immutable;
using CsCheck;
using Sisote.Policy.Figures;

namespace Sisote.Tests.Policy.Figures;

public sealed class SuppressionPropertyTests
{
    private const int Smallest = 5;

    private static readonly Gen<long> Count = Gen.Frequency((3, Gen.Const(0L)), (4, Gen.Long[1, 4]), (4, Gen.Long[5, 9]), (3, Gen.Long[10, 300]));
    private static readonly Gen<FigureTable> AnyTable = Tables(Gen.Int[1, 5].Array[0, 2], Count);
    private static readonly Gen<FigureTable> DeepTable = Tables(Gen.Int[1, 3].Array[3, 3], Count);

    [Fact]
    public void NobodyCanComputeThatAHiddenFigureIsSmall() => AnyTable.Sample(static table => HoldsAgainstTheAttacker(table, ProtectedOf(table)), iter: 1500);

    [Fact]
    public void NobodyCanComputeAHiddenFigureOfThreeDimensions() => DeepTable.Sample(static table => HoldsAgainstTheAttacker(table, ProtectedOf(table)), iter: 150);

    [Fact]
    public void NothingIsHiddenInATableWithoutSmallFigures() =>
        Tables(Gen.Int[1, 5].Array[0, 3], Gen.Frequency((1, Gen.Const(0L)), (3, Gen.Long[5, 300]))).Sample(static table => Assert.Equal(0, ProtectedOf(table).HiddenCount));

    [Fact]
    public void EverySmallFigureIsHidden() => AnyTable.Sample(static table =>
    {
        var shown = ProtectedOf(table);
        Assert.All(Enumerable.Range(0, table.Size), place => Assert.False(shown.At(place) is > 0 and < Smallest));
    });

    [Fact]
    public void WhatIsHiddenDependsOnWhatWasDrawnAndOnNothingElse() => DeepTable.Sample(static table => Assert.Equal(DrawnOf(table, 7).Pattern, DrawnOf(table, 7).Pattern), iter: 100);

    [Fact]
    public void TheSameTableIsNotAlwaysHiddenTheSameWay() =>
        Assert.Equal(["x..x.", "x.x..", "xx..."], Enumerable.Range(0, 64).Select(static number => DrawnOf(Table([4], [3, 20, 21, 22]), number).Pattern).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void AFinerTableIsJudgedTogetherWithTheCoarserOneThatWasPublished() => Tables(Gen.Int[2, 4].Array[2, 2], Count).Sample(static table =>
    {
        var coarse = Coarser(table);
        var first = ProtectedOf(coarse);

        var outcome = Suppression.Protect(table, Smallest, place => BeforeOf(first, table, place));

        if (outcome is SuppressionOutcome.Protected { Table: var finer })
        {
            Assert.All(Enumerable.Range(0, coarse.Size), place => Assert.Equal(first.At(place), finer.At(PlaceInFiner(coarse, table, place))));
            HoldsAgainstTheAttacker(table, finer);
        }
    }, iter: 1500);

    [Fact]
    public void MonthsThatWerePublishedOneByOneStayHiddenWhenTheirSumIsAskedFor() => Tables(Gen.Int[2, 3].Array[2, 2], Count).Sample(static table =>
    {
        var months = table.Dimensions[1].Codes.Select(month => (Month: month, Table: ProtectedOf(MonthOf(table, month)))).ToDictionary(static one => one.Month, static one => one.Table);

        var outcome = Suppression.Protect(table, Smallest, place => table.CodesAt(place) is [var who, { } month] ? months[month].At(months[month].Find([who])!.Value) is null ? SaidBefore.Hidden : SaidBefore.Shown : SaidBefore.Nothing);

        HoldsAgainstTheAttacker(table, Assert.IsType<SuppressionOutcome.Protected>(outcome).Table);
    }, iter: 800);

    [Fact]
    public void TheAttackerFindsWhatOnlySmallFiguresHidden()
    {
        var table = Table([2, 2], [3, 10, 20, 30]);

        var attacker = new Attacker(table, place => table.At(place) is > 0 and < Smallest ? null : table.At(place));

        Assert.Equal((3, 3), attacker.BoundsOf(0));
    }

    [Fact]
    public void TheAttackerNeverMissesTheTruth() => AnyTable.Sample(static table =>
    {
        var shown = ProtectedOf(table);
        var attacker = new Attacker(table, shown.At);
        Assert.All(attacker.Unknown, place => Assert.InRange(table.At(place), attacker.BoundsOf(place).Least - 0.001, attacker.BoundsOf(place).Greatest + 0.001));
    }, iter: 300);

    internal static FigureTable Table(int[] extents, long[] counts)
    {
        ImmutableArray<FigureDimension> dimensions = [.. extents.Select(static (extent, number) => new FigureDimension($"d{number}", [.. Enumerable.Range(0, extent).Select(static code => $"c{code}")]))];
        var cells = counts.Select((count, number) => (Codes(extents, number), count));
        return Assert.IsType<FigureTable>(FigureTable.Make(dimensions, cells));
    }

    internal static ProtectedTable ProtectedOf(FigureTable table) => Assert.IsType<SuppressionOutcome.Protected>(Suppression.Protect(table, Smallest)).Table;

    private static ImmutableArray<string> Codes(int[] extents, int number)
    {
        var codes = new string[extents.Length];
        for (var dimension = extents.Length - 1; dimension >= 0; dimension--)
        {
            (codes[dimension], number) = ($"c{number % extents[dimension]}", number / extents[dimension]);
        }

        return [.. codes];
    }

    private static void HoldsAgainstTheAttacker(FigureTable table, ProtectedTable shown)
    {
        var attacker = new Attacker(table, shown.At);
        foreach (var place in attacker.Unknown)
        {
            var (least, greatest) = attacker.BoundsOf(place);
            var isWide = table.At(place) is > 0 and < Smallest ? least <= 1.001 && greatest >= Smallest - 0.001 : greatest - least >= Smallest - 1.001;
            Assert.True(isWide, $"figure {string.Join('/', table.CodesAt(place).Select(static code => code ?? "all"))} = {table.At(place)} lies between {least} and {greatest}");
        }
    }

    private static Gen<FigureTable> Tables(Gen<int[]> extents, Gen<long> count) =>
        from shape in extents
        from counts in count.Array[shape.Aggregate(1, static (product, extent) => product * extent)]
        select Table(shape, counts);

    private static FigureTable Coarser(FigureTable table) => Slice(table, static codes => codes is [{ } first, null] ? [first] : null, [table.Dimensions[0]]);

    private static FigureTable MonthOf(FigureTable table, string month) => Slice(table, codes => codes is [{ } first, { } other] && other == month ? [first] : null, [table.Dimensions[0]]);

    private static FigureTable Slice(FigureTable table, Func<ImmutableArray<string?>, ImmutableArray<string>?> take, ImmutableArray<FigureDimension> dimensions) =>
        Assert.IsType<FigureTable>(FigureTable.Make(dimensions, from place in Enumerable.Range(0, table.Size)
                                                                let codes = take(table.CodesAt(place))
                                                                where codes is not null
                                                                select (codes.Value, table.At(place))));

    private static SaidBefore BeforeOf(ProtectedTable first, FigureTable table, int place) =>
        table.CodesAt(place) is [var code, null] ? first.IsHidden(first.Find([code])!.Value) ? SaidBefore.Hidden : SaidBefore.Shown : SaidBefore.Nothing;

    private static int PlaceInFiner(FigureTable coarse, FigureTable finer, int place) => finer.Find([coarse.CodesAt(place)[0], null])!.Value;

    private static ProtectedTable DrawnOf(FigureTable table, int number) =>
        Assert.IsType<SuppressionOutcome.Protected>(Suppression.Protect(table, [], Smallest, static _ => SaidBefore.Nothing, place => (number + (place * 37)) * 2654435761 % 1021 % Suppression.Draws is var drawn ? (int)drawn : 0)).Table;
}
