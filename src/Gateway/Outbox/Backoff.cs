// How long until the next attempt.
using System.Security.Cryptography;

namespace Sisote.Gateway.Outbox;

/// <summary>Twice as long after each attempt up to a limit, and a little by chance, so that many who wait for the same do not come at the same moment.</summary>
internal static class Backoff
{
    /// <summary>The time after so many attempts in a row that came to nothing.</summary>
    internal static TimeSpan After(int attempts, OutboxOptions options)
    {
        var whole = options.FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30));
        var wait = whole < options.LongestRetry ? whole : options.LongestRetry;
        return wait * (RandomNumberGenerator.GetInt32(75, 126) / 100.0);
    }
}
