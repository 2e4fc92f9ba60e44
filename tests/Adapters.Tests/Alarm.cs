// A clock of which a test has the alarm.
using System.Collections.Concurrent;

namespace Sisote.Tests.Adapters;

/// <summary>A clock whose limit is over when the test says so.</summary>
internal sealed class Alarm(TimeSpan limit) : TimeProvider
{
    private readonly ConcurrentQueue<(TimerCallback Callback, object? State)> set = new();

    public void Ring()
    {
        foreach (var (callback, state) in set)
        {
            callback(state);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == limit)
        {
            set.Enqueue((callback, state));
        }

        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
