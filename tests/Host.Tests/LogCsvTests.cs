// What a spreadsheet gets, into which files, and how a time is written on the command line.
using Sisote.Host.Commands;

namespace Sisote.Tests.Host;

public sealed class LogCsvTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("released", "released")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+358", "'+358")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=A1,\"x\"", "\"'=A1,\"\"x\"\"\"")]
    public void ACellIsQuotedByRfc4180AndNeverAFormula(string? text, string cell) => Assert.Equal(cell, LogCsv.Cell(text));

    [Fact]
    public void TheLogIsNeverWrittenIntoAFileOrThroughALinkThatSomebodyElseLaidThere()
    {
        var folder = Directory.CreateTempSubdirectory("sisote-export-").FullName;
        try
        {
            var (elsewhere, link) = (Path.Combine(folder, "elsewhere"), Path.Combine(folder, "log.part"));
            File.WriteAllText(elsewhere, "before");
            File.CreateSymbolicLink(link, elsewhere);

            Assert.Throws<IOException>(() => new FileStream(link, LogExportCommand.MakeOptions()).Dispose());
            Assert.Throws<IOException>(() => new FileStream(elsewhere, LogExportCommand.MakeOptions()).Dispose());
            Assert.Equal("before", File.ReadAllText(elsewhere));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("7d", "2026-11-15T12:00:00Z")]
    [InlineData("12h", "2026-11-22T00:00:00Z")]
    [InlineData("30m", "2026-11-22T11:30:00Z")]
    [InlineData("2026-11-20", "2026-11-19T22:00:00Z")]
    [InlineData("2026-07-01", "2026-06-30T21:00:00Z")]
    [InlineData("2026-11-20T10:00:00+02:00", "2026-11-20T08:00:00Z")]
    [InlineData("2026-11-20T10:00Z", "2026-11-20T10:00:00Z")]
    public void ATimeIsAStretchBackADayInFinlandOrAnInstantWithItsZone(string text, string instant)
    {
        Assert.True(LogFilterOptions.TryTime(text, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), out var time));
        Assert.Equal(DateTimeOffset.Parse(instant), time);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("2026-11-20T10:00:00")]
    [InlineData("20.11.2026")]
    [InlineData("9999999d")]
    public void AnythingElseIsNoTime(string text) => Assert.False(LogFilterOptions.TryTime(text, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), out _));
}
