// How many requests of one recipient are under way.
using System.Threading.RateLimiting;
using Sisote.Doors.Tokens;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Enforcement;

/// <summary>
/// Lets only so many requests of one calling system in at the same time. It counts callers, never clients: it is passed before anybody is asked about, so that being turned away tells a
/// caller about its own requests and nothing about whose they are.
/// </summary>
internal sealed class Turnstile(GatewayOptions options, TimeProvider clock, ILogger<Turnstile> log) : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<SystemId> places = PartitionedRateLimiter.Create<SystemId, SystemId>(caller =>
        RateLimitPartition.GetConcurrencyLimiter(caller, _ => new ConcurrencyLimiterOptions { PermitLimit = options.MostAtOnce, QueueLimit = 0 }));

    private long lastWord = long.MinValue / 2;

    /// <summary>A place for a request until it is disposed of; not acquired where the caller has as many as it may have.</summary>
    internal RateLimitLease Enter(HttpContext context)
    {
        var caller = (context.GetCaller() as Caller.System)!.Id; // the door lets systems in only
        var place = places.AttemptAcquire(caller);
        if (!place.IsAcquired && IsTimeForAWord())
        {
            Log.TurnedAway(log, caller.Value);
        }

        return place;
    }

    public void Dispose() => places.Dispose();

    /// <summary>One line in ten seconds is enough to know.</summary>
    private bool IsTimeForAWord()
    {
        var (now, last) = (clock.GetTimestamp(), Interlocked.Read(ref lastWord));
        return now - last > Quiet.TotalSeconds * clock.TimestampFrequency && Interlocked.CompareExchange(ref lastWord, now, last) == last;
    }
}
