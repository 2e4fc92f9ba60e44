// Whether the log can be written now.
namespace Sisote.Consent.Keeping;

/// <summary>Has the writer write something that means nothing, at most once a second, so that readiness says what an append would meet and recovers by itself.</summary>
internal sealed class LogHealth(LogWriter writer, TimeProvider clock)
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private Task<bool>? asked;
    private DateTimeOffset askedAt;

    /// <summary>Whether the log takes entries.</summary>
    public Task<bool> IsWritableAsync()
    {
        lock (gate)
        {
            if (asked is null || clock.GetUtcNow() - askedAt >= Keep)
            {
                (asked, askedAt) = (AskAsync(), clock.GetUtcNow());
            }

            return asked;
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            return await writer.WriteAsync(static async transaction =>
            {
                await transaction.TouchAsync(CancellationToken.None);
                return true;
            }).WaitAsync(Patience, clock);
        }
        catch (Exception fault) when (fault is LogUnavailableException or TimeoutException)
        {
            return false;
        }
    }
}
