// How long a record lasts.
namespace Sisote.Policy.Deciding;

internal static class Lasting
{
    /// <summary>Which of two records lasts longer; ties by id, so that order on record does not matter.</summary>
    internal static bool IsLonger(DateTimeOffset? end, string id, DateTimeOffset? otherEnd, string otherId)
    {
        var difference = (end ?? DateTimeOffset.MaxValue).CompareTo(otherEnd ?? DateTimeOffset.MaxValue);
        return difference > 0 || (difference == 0 && string.CompareOrdinal(id, otherId) < 0);
    }

    /// <summary>An end with days of grace; the last year of the calendar has none to give.</summary>
    internal static DateTimeOffset? WithGrace(DateTimeOffset? end, int days) => end is { Year: < 9999 } known ? known.AddDays(days) : end;
}
