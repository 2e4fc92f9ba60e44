// What an operator can set for entries that wait.
using System.ComponentModel.DataAnnotations;

namespace Sisote.Gateway.Outbox;

/// <summary>How long and how often; configuration section <c>Sisote:Gateway:Outbox</c>. How much may wait is set where it is kept (<c>Sisote:Consent</c>).</summary>
public sealed record OutboxOptions
{
    /// <summary>Whether an entry that cannot be delivered at once waits here; otherwise its sender is told to send it again.</summary>
    /// <value>The default value is true.</value>
    public bool Waits { get; init; } = true;

    /// <summary>Until the first further attempt; each one after it waits twice as long.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time between two attempts.</summary>
    /// <value>The default value is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an entry may wait; then it ends as not delivered, and its sender sees that.</summary>
    /// <value>The default value is 3 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromDays(3);

    /// <summary>After how many attempts without a clear answer an entry ends as unknown, so that one that its target chokes on does not hold up the others.</summary>
    /// <value>The default value is 12.</value>
    [Range(1, 1000)]
    public int MostUnclear { get; init; } = 12;

    /// <summary>How long an entry may wait before the gateway raises its voice.</summary>
    /// <value>The default value is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often the outbox is looked into.</summary>
    /// <value>The default value is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(2);
}
