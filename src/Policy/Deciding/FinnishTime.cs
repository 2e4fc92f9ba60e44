// The calendar of the law: Finnish local dates, computed without the machine's time zone data.
namespace Sisote.Policy.Deciding;

/// <summary>Dates of statutes and consents are Finnish calendar days (UTC+2, in summer UTC+3 by the rule of the European Union).</summary>
public static class FinnishTime
{
    /// <summary>The day on which an instant falls.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) =>
        instant.UtcDateTime.Year >= DateOnly.MaxValue.Year ? DateOnly.MaxValue : DateOnly.FromDateTime(instant.UtcDateTime + OffsetAt(instant.UtcDateTime));

    /// <summary>An instant as clocks in Finland show it.</summary>
    public static DateTimeOffset LocalOf(DateTimeOffset instant) => instant.ToOffset(OffsetAt(instant.UtcDateTime));

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        if (day.Year is <= 1 or >= 9999)
        {
            return day.Year <= 1 ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }

        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        var offset = OffsetAt(DateTime.SpecifyKind(local - TimeSpan.FromHours(2), DateTimeKind.Utc));
        return new DateTimeOffset(local, offset);
    }

    /// <summary>The last instant of a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => day.Year >= 9999 ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1)).AddTicks(-1);

    /// <summary>Only in March and October does it depend on the day; the rest of the year is answered without reckoning Sundays.</summary>
    private static TimeSpan OffsetAt(DateTime utc) => utc.Month switch
    {
        < 3 or > 10 => TimeSpan.FromHours(2),
        3 => TimeSpan.FromHours(utc < LastSunday(utc.Year, 3) ? 2 : 3),
        10 => TimeSpan.FromHours(utc < LastSunday(utc.Year, 10) ? 3 : 2),
        _ => TimeSpan.FromHours(3),
    };

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, DateTime.DaysInMonth(year, month), 1, 0, 0, DateTimeKind.Utc);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
