// Wakes those who wait for a change.
namespace Sisote.Consent.Changes;

/// <summary>Rings after a transaction of this process with changes is durable. Other replicas' changes are found by looking.</summary>
internal sealed class ChangeBell
{
    private volatile TaskCompletionSource next = New();

    /// <summary>Ends with the next ring.</summary>
    public Task Next => next.Task;

    /// <summary>Rings.</summary>
    public void Ring() => Interlocked.Exchange(ref next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
