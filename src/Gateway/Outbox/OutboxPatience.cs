// How long entries wait, and which targets are left in peace for a while.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sisote.Doors.Outbox;
using Sisote.Policy.Ids;

namespace Sisote.Gateway.Outbox;

/// <summary>A target that took nothing is asked by one entry at a time, ever more seldom, and not by everything that waits for it. Each replica has its own patience.</summary>
internal sealed class OutboxPatience(GatewayOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<SystemId, (int Failures, DateTimeOffset Until)> failing = new();

    /// <summary>Targets that took nothing when they were asked last.</summary>
    internal ImmutableArray<SystemId> Failing => [.. failing.Keys];

    /// <summary>Those of them that may be asked again.</summary>
    internal ImmutableArray<SystemId> Rested => [.. failing.Where(pair => pair.Value.Until <= clock.GetUtcNow()).Select(static pair => pair.Key)];

    /// <summary>What one attempt may take at most: the answer of the target, and several of the consent service.</summary>
    internal TimeSpan AttemptTime => options.SourceTimeout + (options.ConsentTimeout * 8);

    /// <summary>How long an entry is nobody else's.</summary>
    internal TimeSpan LeaseTime => (AttemptTime * 1.5) + TimeSpan.FromSeconds(5);

    /// <summary>Asks for entries. Which of them have waited too long is judged by the clock of the room that wrote down when they came.</summary>
    internal LeaseQuestion Ask(int most) => new() { Most = most, Seconds = (int)LeaseTime.TotalSeconds, LongestWait = (long)Math.Ceiling(options.Outbox.LongestWait.TotalSeconds), MostUnclear = options.Outbox.MostUnclear };

    /// <summary>The target took nothing; when it may be asked again.</summary>
    internal DateTimeOffset NotTaken(SystemId target) => failing.AddOrUpdate(target, _ => Rest(1), (_, rest) => Rest(rest.Failures + 1)).Until;

    /// <summary>The target answered.</summary>
    internal void Answered(SystemId target) => failing.TryRemove(target, out _);

    /// <summary>When an entry may be tried again.</summary>
    internal DateTimeOffset After(int attempts) => clock.GetUtcNow() + Backoff.After(attempts, options.Outbox);

    private (int Failures, DateTimeOffset Until) Rest(int failures) => (failures, After(failures));
}
