// When the entries came: bars over Finnish hours, days or months.
using System.Collections.Immutable;
using System.Globalization;
using Sisote.Doors.Consent.Reviewing;
using Sisote.Policy.Deciding;

namespace Sisote.Consent.Review.Searching;

/// <summary>Counts entries by the hour that the log took them in, and folds the hours to the step that fits the stretch.</summary>
internal sealed class Histogram
{
    private const int LengthOfHour = 13; // 2026-11-23T07
    private const int MostHours = 48;
    private const int MostDays = 62;

    private readonly SortedDictionary<string, (long Entries, long Refusals)> hours = new(StringComparer.Ordinal);

    /// <summary><c>hour</c>, <c>day</c> or <c>month</c>.</summary>
    public string Step => Stretch switch
    {
        { TotalHours: <= MostHours } => "hour",
        { TotalDays: <= MostDays } => "day",
        _ => "month",
    };

    private TimeSpan Stretch => hours.Count == 0 ? TimeSpan.Zero : HourOf(hours.Keys.Last()) - HourOf(hours.Keys.First());

    /// <summary>Adds an entry by its time as the log writes it.</summary>
    public void Add(string time, bool refusal)
    {
        var hour = time[..LengthOfHour];
        var (entries, refusals) = hours.GetValueOrDefault(hour);
        hours[hour] = (entries + 1, refusals + (refusal ? 1 : 0));
    }

    /// <summary>The bars, oldest first.</summary>
    public ImmutableArray<HistogramBar> Bars()
    {
        var step = Step;
        return
        [
            .. hours.GroupBy(pair => StartOf(HourOf(pair.Key), step))
                .Select(static group => new HistogramBar(group.Key, group.Sum(static pair => pair.Value.Entries), group.Sum(static pair => pair.Value.Refusals)))
                .OrderBy(static bar => bar.From),
        ];
    }

    // Finnish time differs from UTC by whole hours, so an hour of UTC lies within one Finnish hour, day and month.
    private static DateTimeOffset StartOf(DateTimeOffset hour, string step)
    {
        var day = FinnishTime.DateOf(hour);
        return step switch
        {
            "hour" => hour,
            "day" => FinnishTime.StartOf(day),
            _ => FinnishTime.StartOf(new DateOnly(day.Year, day.Month, 1)),
        };
    }

    private static DateTimeOffset HourOf(string hour) => DateTimeOffset.ParseExact(hour, "yyyy-MM-ddTHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
