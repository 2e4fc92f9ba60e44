// When subscriptions are looked after.
using System.Security.Cryptography;
using Sisote.DisclosureLog.Entries;
using Sisote.Gateway.Outbox;

namespace Sisote.Gateway.Subscriptions;

/// <summary>The times of a subscription, by the operator's settings.</summary>
internal sealed class SubscriptionTimes(GatewayOptions options, TimeProvider clock)
{
    private const int Parts = 1_000_000;
    private const double LongestFactor = 3;

    private OutboxOptions Retries => new() { FirstRetry = options.Subscriptions.FirstRetry, LongestRetry = options.Subscriptions.LongestRetry };

    /// <summary>Now, as it can be written down.</summary>
    internal DateTimeOffset Now => CanonicalTime.Cut(clock.GetUtcNow());

    /// <summary>How long a lease lasts: longer than a look with its notification may take.</summary>
    internal int LeaseSeconds => (int)Math.Ceiling(((options.SourceTimeout + (options.ConsentTimeout * 16) + options.Subscriptions.Timeout) * 1.5).TotalSeconds) + 5;

    /// <summary>The end of a new subscription.</summary>
    internal DateTimeOffset EndOf(DateTimeOffset? asked) => CanonicalTime.Cut((clock.GetUtcNow() + options.Subscriptions.LongestLife) is var latest && asked < latest ? asked.Value : latest);

    /// <summary>The time of the next look: after a time by chance, <c>Every</c> on average, at most three times as long.</summary>
    internal DateTimeOffset Next => ByChance(options.Subscriptions.Every);

    /// <summary>The time of a further look after one that came to nothing: a tenth as long, so that a source which is away is not asked all the time.</summary>
    internal DateTimeOffset Soon => ByChance(options.Subscriptions.Every / 10);

    /// <summary>The time of a further attempt after so many that came to nothing.</summary>
    internal DateTimeOffset After(int failures) => CanonicalTime.Cut(clock.GetUtcNow() + Backoff.After(failures, Retries));

    /// <summary>Whether so many attempts are too many.</summary>
    internal bool IsTooMany(int failures) => failures >= options.Subscriptions.MostFailures;

    /// <summary>Whether somebody should hear of it now: when there are too many, and again as many later.</summary>
    internal bool IsWordDue(int failures) => failures % options.Subscriptions.MostFailures == 0;

    /// <summary>INVARIANT: times have no memory (they are exponentially distributed) and depend on nothing that happens, so that a notification tells by its time nothing but that its look came before it.</summary>
    private DateTimeOffset ByChance(TimeSpan average)
    {
        var chance = RandomNumberGenerator.GetInt32(1, Parts + 1) / (double)Parts;
        return CanonicalTime.Cut(clock.GetUtcNow() + (average * Math.Min(LongestFactor, -Math.Log(chance))));
    }
}
