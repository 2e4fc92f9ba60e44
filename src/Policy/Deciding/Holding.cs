// Until when a decision holds.
namespace Sisote.Policy.Deciding;

/// <summary>Until when something holds: the earliest end of all that was relied on.</summary>
internal struct Holding
{
    internal DateTimeOffset? Until { get; private set; }

    internal void EndsAt(DateTimeOffset? end)
    {
        if (end is not null && (Until is null || end < Until))
        {
            Until = end;
        }
    }

    internal void EndsWith(DateOnly? lastDay) => EndsAt(EndOf(lastDay));

    internal static DateTimeOffset? EndOf(DateOnly? lastDay) => lastDay is { } day && day < DateOnly.MaxValue ? FinnishTime.EndOf(day) : null;
}
