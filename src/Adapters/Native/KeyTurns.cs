// One at a time.
namespace Sisote.Adapters.Native;

/// <summary>Whoever comes with a key that somebody works on waits until that is done. A key nobody works on is forgotten.</summary>
internal sealed class KeyTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> last = new(StringComparer.Ordinal);

    /// <summary>Works in turn.</summary>
    /// <param name="key">The key.</param>
    /// <param name="work">What is done once the turn has come.</param>
    /// <param name="patience">Ends the waiting, but not the work.</param>
    /// <exception cref="OperationCanceledException">The turn did not come in time; nothing was done.</exception>
    public async Task<TResult> InTurnAsync<TResult>(string key, Func<Task<TResult>> work, CancellationToken patience)
    {
        var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (gate)
        {
            before = last.GetValueOrDefault(key, Task.CompletedTask);
            last[key] = own.Task;
        }

        try
        {
            await before.WaitAsync(patience);
            return await work();
        }
        finally
        {
            _ = LeaveAsync(key, before, own);
        }
    }

    /// <summary>One that gave up leaves only when its turn would have come: who waits behind it waits for those before it too.</summary>
    private async Task LeaveAsync(string key, Task before, TaskCompletionSource own)
    {
        await before;
        lock (gate)
        {
            if (last.GetValueOrDefault(key) == own.Task)
            {
                last.Remove(key);
            }
        }

        own.SetResult();
    }
}
