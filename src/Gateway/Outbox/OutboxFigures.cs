// Figures of the outbox, for whoever watches.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Outbox;

/// <summary>
/// Metrics of the meter <c>Sisote.Gateway</c>: <c>sisote.outbox.open</c> and <c>sisote.outbox.oldest</c> (seconds) by target, <c>sisote.outbox.ended</c> by state. And a word in the diagnostics, once an
/// hour for each target, while something waits too long.
/// </summary>
internal sealed class OutboxFigures : IDisposable
{
    internal const string MeterName = "Sisote.Gateway";

    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> ended;
    private readonly ConcurrentDictionary<SystemId, DateTimeOffset> said = new();
    private readonly GatewayOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<OutboxFigures> log;
    private ImmutableArray<OutboxQueue> queues = [];

    public OutboxFigures(GatewayOptions options, TimeProvider clock, ILogger<OutboxFigures> log)
    {
        (this.options, this.clock, this.log) = (options, clock, log);
        ended = meter.CreateCounter<long>("sisote.outbox.ended");
        meter.CreateObservableGauge("sisote.outbox.open", () => queues.Select(static queue => new Measurement<int>(queue.Open, new KeyValuePair<string, object?>("target", queue.Target.Value))));
        meter.CreateObservableGauge("sisote.outbox.oldest", () => queues.Select(queue => new Measurement<double>((clock.GetUtcNow() - queue.Oldest).TotalSeconds, new KeyValuePair<string, object?>("target", queue.Target.Value))), "s");
    }

    /// <summary>An entry has ended.</summary>
    internal void Ended(OutboxState state) => ended.Add(1, new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant()));

    /// <summary>How it stands now.</summary>
    internal void Set(ImmutableArray<OutboxQueue> now)
    {
        queues = now;
        foreach (var queue in now.Where(queue => queue.Oldest + options.Outbox.Patience < clock.GetUtcNow() && IsTimeForAWord(queue.Target)))
        {
            Log.OutboxOverdue(log, queue.Open, queue.Target.Value, (long)(clock.GetUtcNow() - queue.Oldest).TotalMinutes);
        }
    }

    public void Dispose() => meter.Dispose();

    private bool IsTimeForAWord(SystemId target)
    {
        var now = clock.GetUtcNow();
        if (said.TryGetValue(target, out var last) && last + Quiet > now)
        {
            return false;
        }

        said[target] = now;
        return true;
    }
}
