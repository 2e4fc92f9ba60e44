// How much of sources' answers is in memory at the same time.
using System.Threading.RateLimiting;

namespace Sisote.Gateway.Forwarding;

/// <summary>
/// Memory for answers, counted in blocks, for all callers together. A small answer needs no room of its own: the number of requests bounds those. A large one waits until there is room for
/// all of it, so that no two wait for each other half read.
/// </summary>
internal sealed class AnswerRoom(GatewayOptions options) : IDisposable
{
    /// <summary>Up to here an answer is small.</summary>
    internal const int Block = 64 * 1024;

    private readonly ConcurrencyLimiter blocks = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Blocks(options.AnswersInMemory),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for room, at most half of the source's time, so that the other half is left for reading; null where there was none.</summary>
    internal async ValueTask<RateLimitLease?> TakeAsync(long bytes, CancellationToken limit)
    {
        var size = Math.Min(Blocks(bytes), Blocks(options.AnswersInMemory));
        if (blocks.AttemptAcquire(size) is { IsAcquired: true } free)
        {
            return free;
        }

        using var wait = CancellationTokenSource.CreateLinkedTokenSource(limit);
        wait.CancelAfter(options.SourceTimeout / 2);
        try
        {
            return await blocks.AcquireAsync(size, wait.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => blocks.Dispose();

    private static int Blocks(long bytes) => (int)Math.Min(int.MaxValue, ((bytes - 1) / Block) + 1);
}
