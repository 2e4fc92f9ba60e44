// Runs tests on a thread of their own, so that one that never ends is noticed.
namespace Sisote.Mutants;

/// <summary>Runs tests on a thread of their own, so that one that never ends is noticed.</summary>
internal sealed class TestThread : IDisposable
{
    private const int StackSize = 16 << 20;

    private readonly SemaphoreSlim start = new(0);
    private readonly SemaphoreSlim end = new(0);
    private TestCase? next;
    private Exception? failure;
    private bool isLost;

    internal TestThread() => new Thread(Loop, StackSize) { IsBackground = true }.Start();

    public void Dispose()
    {
        // The thread of a test that never ended still waits on them, or will.
        if (isLost)
        {
            return;
        }

        start.Dispose();
        end.Dispose();
    }

    /// <summary>False where the test did not end in time.</summary>
    internal bool Run(TestCase test, TimeSpan limit, out Exception? failed)
    {
        next = test;
        start.Release();
        var ended = end.Wait(limit);
        isLost = !ended;
        failed = failure;
        return ended;
    }

    private void Loop()
    {
        while (true)
        {
            start.Wait();
            failure = next!.Failure();
            end.Release();
        }
    }
}
