// Answers that bring nothing leave on a beat, so that their time does not tell why.
namespace Sisote.Gateway.Release;

/// <summary>
/// Holds an empty answer until a whole number of beats has passed since its call came. A denial and an absence differ by a few hundredths of the work (a permit names its grounds, and so does
/// its record); both fall into the same beat, and no number of questions brings the difference out.
/// </summary>
internal sealed class Beat(GatewayOptions options)
{
    private readonly long length = (long)options.QuietBeat.TotalMilliseconds;

    /// <summary>Waits for the end of the beat.</summary>
    /// <param name="arrived">When the call came, as <see cref="Environment.TickCount64"/>. The end is reckoned on that clock's whole milliseconds, which timers go by too, so that what is waited for does not depend on the time that the work took.</param>
    internal Task WaitAsync(long arrived)
    {
        if (length == 0)
        {
            return Task.CompletedTask;
        }

        var now = Environment.TickCount64;
        return Task.Delay(TimeSpan.FromMilliseconds(EndOf(arrived, now, length) - now));
    }

    /// <summary>The end of the beat that <paramref name="now"/> is in: later than now, by at most a beat. Milliseconds of one clock.</summary>
    internal static long EndOf(long arrived, long now, long length) => arrived + ((((now - arrived) / length) + 1) * length);
}
