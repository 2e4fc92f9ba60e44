// How long a source has for its whole answer.
using System.Collections.Concurrent;

namespace Sisote.Gateway.Forwarding;

/// <summary>Begins time limits. What a limit that never ran out was made of serves the next one.</summary>
internal sealed class SourceTimes(GatewayOptions options)
{
    private const int MostIdle = 256;
    private readonly ConcurrentQueue<CancellationTokenSource> idle = new();

    /// <summary>A limit that ends when the source has had its time, or when the caller hangs up.</summary>
    internal SourceTime Begin(CancellationToken callerGone)
    {
#pragma warning disable CA2000 // handed over with the time
        var source = idle.TryDequeue(out var used) ? used : new CancellationTokenSource();
#pragma warning restore CA2000
        source.CancelAfter(options.SourceTimeout);
        return new SourceTime(this, source, callerGone);
    }

    private void End(CancellationTokenSource source)
    {
        if (source.TryReset() && idle.Count < MostIdle)
        {
            idle.Enqueue(source);
            return;
        }

        source.Dispose();
    }

    /// <summary>The time of one call; who disposes of it no longer uses its token.</summary>
    internal sealed class SourceTime : IDisposable
    {
        private readonly SourceTimes times;
        private readonly CancellationTokenRegistration hangUp;
        private CancellationTokenSource? source;

        internal SourceTime(SourceTimes times, CancellationTokenSource source, CancellationToken callerGone)
        {
            (this.times, this.source, Token) = (times, source, source.Token);
            hangUp = callerGone.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source);
        }

        internal CancellationToken Token { get; }

        public void Dispose()
        {
            hangUp.Dispose(); // waits for a hang-up that is being told just now
            if (Interlocked.Exchange(ref source, null) is { } own)
            {
                times.End(own);
            }
        }
    }
}
