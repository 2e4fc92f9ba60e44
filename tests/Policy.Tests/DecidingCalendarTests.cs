// The Finnish calendar of the law agrees with the official one, from end to end.
using Sisote.Policy.Deciding;

namespace Sisote.Tests.Policy;

public sealed class DecidingCalendarTests
{
    [Fact]
    public void EveryHourOfADecadeFallsOnTheDayThatFinnishClocksShow()
    {
        var helsinki = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");
        for (var instant = new DateTimeOffset(2020, 1, 1, 0, 30, 0, TimeSpan.Zero); instant.Year < 2030; instant = instant.AddHours(1))
        {
            Assert.Equal(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, helsinki).DateTime), FinnishTime.DateOf(instant));
        }
    }

    [Fact]
    public void EveryDayOfADecadeBeginsAtFinnishMidnightAndEndsOneTickBeforeTheNext()
    {
        var helsinki = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");
        for (var day = new DateOnly(2020, 1, 1); day.Year < 2030; day = day.AddDays(1))
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            var start = new DateTimeOffset(midnight, helsinki.GetUtcOffset(midnight));
            Assert.Equal((start, start.Offset), (FinnishTime.StartOf(day), FinnishTime.StartOf(day).Offset));
            Assert.Equal(start.AddTicks(-1), FinnishTime.EndOf(day.AddDays(-1)));
        }
    }

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T20:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T21:00:00Z", "2026-03-30")]
    [InlineData("2026-03-28T21:59:59Z", "2026-03-28")]
    [InlineData("2026-10-24T21:00:00Z", "2026-10-25")]
    [InlineData("2026-10-25T21:59:59Z", "2026-10-25")]
    [InlineData("2026-10-25T22:00:00Z", "2026-10-26")]
    public void TheDayTurnsAnHourLaterInWinter(string instant, string day) =>
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd"), FinnishTime.DateOf(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void AtTheEndsOfTheCalendarADayStillBeginsAndEnds()
    {
        Assert.Equal(DateOnly.MinValue, FinnishTime.DateOf(DateTimeOffset.MinValue));
        Assert.Equal(DateOnly.MaxValue, FinnishTime.DateOf(DateTimeOffset.MaxValue));
        Assert.Equal(new DateOnly(9999, 1, 1).AddDays(-1), FinnishTime.DateOf(new DateTimeOffset(9998, 12, 31, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal(DateTimeOffset.MinValue, FinnishTime.StartOf(new DateOnly(1, 12, 31)));
        Assert.Equal(2, FinnishTime.StartOf(new DateOnly(2, 1, 1)).Offset.TotalHours);
        Assert.Equal(DateTimeOffset.MaxValue, FinnishTime.StartOf(new DateOnly(9999, 1, 1)));
        Assert.Equal(DateTimeOffset.MaxValue, FinnishTime.EndOf(new DateOnly(9999, 1, 1)));
        Assert.Equal(new DateTimeOffset(9998, 12, 31, 0, 0, 0, TimeSpan.FromHours(2)), FinnishTime.StartOf(new DateOnly(9998, 12, 31)));
    }
}
