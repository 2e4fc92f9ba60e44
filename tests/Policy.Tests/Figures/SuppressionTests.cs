// What is hidden in tables small enough to reckon by hand.
using Sisote.Policy.Figures;

namespace Sisote.Tests.Policy.Figures;

public sealed class SuppressionTests
{
    [Fact]
    public void AFigureOfFourIsHiddenAndAFigureOfFiveIsSaid()
    {
        Assert.Null(Protected([], [4]).At(0));
        Assert.Equal(5, Protected([], [5]).At(0));
    }

    [Fact]
    public void ZeroIsSaid() => Assert.Equal(0, Protected([3], [0, 10, 20]).At(0));

    [Fact]
    public void AnotherFigureIsHiddenWithASmallOneSoThatTheSumDoesNotTellIt()
    {
        var shown = Protected([2], [3, 27]);

        Assert.Equal([null, null, 30L], Figures(shown));
    }

    [Fact]
    public void TheSumIsHiddenWhereNoOtherFigureCanHideASmallOne() => Assert.Equal([null, null, null], Figures(Protected([2], [3, 0])));

    [Fact]
    public void FourFiguresAreHiddenAroundASmallOneInRowsAndColumns()
    {
        var shown = Protected([3, 3], [2, 10, 20, 11, 12, 13, 30, 31, 32]);

        Assert.Equal(4, shown.HiddenCount);
        Assert.NotNull(shown.At(shown.Find([null, null])!.Value));
    }

    [Fact]
    public void AFinerTableIsRefusedWhereThePublishedSumWouldTellASmallFigure()
    {
        var table = SuppressionPropertyTests.Table([2], [3, 0]);

        var outcome = Suppression.Protect(SuppressionPropertyTests.Table([2], [3, 5]), 5, static place => place == 2 ? SaidBefore.Shown : SaidBefore.Nothing);
        var alone = Suppression.Protect(table, 5, static place => place == 2 ? SaidBefore.Shown : SaidBefore.Nothing);

        Assert.IsType<SuppressionOutcome.Protected>(outcome);
        Assert.IsType<SuppressionOutcome.Refused>(alone);
    }

    [Fact]
    public void AFigureThatIsSmallUnderAStricterRuleIsNotPublishedAgain() =>
        Assert.IsType<SuppressionOutcome.Refused>(Suppression.Protect(SuppressionPropertyTests.Table([2], [7, 30]), 10, static _ => SaidBefore.Shown));

    [Fact]
    public void NoRuleMakesTheSmallestFigureLessThanFive() => Assert.Throws<ArgumentOutOfRangeException>(static () => Suppression.Protect(SuppressionPropertyTests.Table([], [3]), 4));

    [Fact]
    public void ATableThatDoesNotFitIsNone()
    {
        FigureDimension[] two = [new("area", ["a", "b"])];

        Assert.Null(FigureTable.Make([.. two], [(["c"], 1)]));
        Assert.Null(FigureTable.Make([.. two], [(["a"], 1), (["a"], 2)]));
        Assert.Null(FigureTable.Make([.. two], [(["a"], -1)]));
        Assert.Null(FigureTable.Make([.. two], [(["a", "b"], 1)]));
        Assert.Null(FigureTable.Make([.. two, .. two], []));
        Assert.Null(FigureTable.Make([new("area", ["a", "a"])], []));
        Assert.Null(FigureTable.Make([new("area", [.. Enumerable.Range(0, FigureTable.MostCells).Select(static code => $"{code}")])], []));
        Assert.NotNull(FigureTable.Make([.. two], [(["a"], 1)]));
    }

    [Fact]
    public void ALargeTableIsProtectedInSeconds()
    {
        var table = SuppressionPropertyTests.Table([30, 7, 12], [.. Enumerable.Range(0, 30 * 7 * 12).Select(static number => number * 7919L % 101 % 12)]);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var shown = SuppressionPropertyTests.ProtectedOf(table);

        Assert.InRange(shown.HiddenCount, 1, shown.Size - 1);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(5, "min-cell-3", "no-free-text")]
    [InlineData(10, "min-cell-5", "min-cell-10")]
    [InlineData(int.MaxValue, "min-cell-five")]
    public void TheSmallestFigureIsWhatTheStrictestObligationSays(int smallest, params string[] obligations) => Assert.Equal(smallest, SmallestFigure.Of(obligations));

    [Fact]
    public void TheLawThatShipsHidesFiguresUnderFive() => Assert.Equal(5, SmallestFigure.Of(Catalogues.Shipped));

    [Fact]
    public void APublishedTableIsReadAsItWasAndNotWhereItWouldSayASmallFigure()
    {
        var table = SuppressionPropertyTests.Table([2], [3, 27]);
        var shown = SuppressionPropertyTests.ProtectedOf(table);

        Assert.Equal(Figures(shown), Figures(Assert.IsType<ProtectedTable>(ProtectedTable.Read(table, 5, shown.Pattern))));
        Assert.Equal("xx.", shown.Pattern);
        Assert.Null(ProtectedTable.Read(table, 5, ".x."));
        Assert.Null(ProtectedTable.Read(table, 5, "xx"));
        Assert.Null(ProtectedTable.Read(table, 5, "xx?"));
        Assert.Null(ProtectedTable.Read(table, 4, "xx."));
    }

    private static ProtectedTable Protected(int[] extents, long[] counts) => SuppressionPropertyTests.ProtectedOf(SuppressionPropertyTests.Table(extents, counts));

    private static IEnumerable<long?> Figures(ProtectedTable table) => Enumerable.Range(0, table.Size).Select(table.At);
}
