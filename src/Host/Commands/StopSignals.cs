// Ctrl-C and the operating system's wish that the process ends.
using System.Runtime.InteropServices;

namespace Sisote.Host.Commands;

/// <summary>Turns signals into a cancellation. Whoever asks again later, because closing takes too long, is obeyed at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int SignalExit = 128;

    /// <summary>A terminal and <c>dotnet run</c> may both pass the same signal on: what comes so soon is the same wish.</summary>
    private static readonly TimeSpan SameWish = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private long? first;

    /// <summary>Begins to listen.</summary>
    internal StopSignals()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
    }

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => stop.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        stop.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (first is { } before && TimeProvider.System.GetElapsedTime(before) > SameWish)
        {
            Environment.Exit(SignalExit + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
        }

        first ??= TimeProvider.System.GetTimestamp();
        stop.Cancel();
    }
}
