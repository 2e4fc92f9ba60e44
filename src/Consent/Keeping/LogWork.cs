// One piece of work that waits for the log's writer.
using Sisote.Policy.Ids;

namespace Sisote.Consent.Keeping;

/// <summary>Something to do while holding the log's edge. It may run twice (after a failed transaction), so it keeps nothing between runs.</summary>
internal abstract class LogWork
{
    /// <summary>Clients whose revision it will ask for.</summary>
    public IReadOnlyCollection<ClientId> Clients { get; init; } = [];

    /// <summary>Entries it will ask for.</summary>
    public IReadOnlyCollection<string> EntryIds { get; init; } = [];

    /// <summary>Does the work; refusals are values, decided before the first write.</summary>
    public abstract Task RunAsync(LogTransaction transaction);

    /// <summary>Tells the caller that the work is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of it was written.</summary>
    public abstract void Fail(Exception fault);
}

/// <summary>Work with an answer.</summary>
internal sealed class LogWork<T>(Func<LogTransaction, Task<T>> work) : LogWork
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? answer;

    /// <summary>The answer, once it is durable.</summary>
    public Task<T> Answer => done.Task;

    /// <inheritdoc />
    public override async Task RunAsync(LogTransaction transaction) => answer = await work(transaction);

    /// <inheritdoc />
    public override void Complete() => done.TrySetResult(answer!);

    /// <inheritdoc />
    public override void Fail(Exception fault) => done.TrySetException(fault);
}
