// How often a client may ask.
using System.Threading.RateLimiting;

namespace Sisote.Identity.Tokens;

/// <summary>Counts the token requests of each client that proved who it is: nobody can use up somebody else's share.</summary>
internal sealed class TokenRate(IdentityOptions options) : IDisposable
{
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(client =>
        RateLimitPartition.GetFixedWindowLimiter(client, _ => new FixedWindowRateLimiterOptions { PermitLimit = options.TokensPerMinute, Window = Window }));

    public void Dispose() => limiter.Dispose();

    internal bool TryTake(string clientId)
    {
        using var lease = limiter.AttemptAcquire(clientId);
        return lease.IsAcquired;
    }
}
